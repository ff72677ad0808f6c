import type { MachineInGroup } from '../../../components/machine/machine-in-group.ts'
import { AutorebootForm, ReimageCard, RescueCard } from './boot.tsx'
import { HardwareForm, MediaForm } from './hardware.tsx'
import { IdentityForm } from './identity.tsx'

/** What can be changed about the machine itself, each subject with its own Save. */
export function SettingsTab(props: MachineInGroup) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <div className="grid gap-4">
        <IdentityForm {...props} />
        <AutorebootForm {...props} />
        <ReimageCard {...props} />
        <RescueCard {...props} />
      </div>
      <div className="grid gap-4">
        <HardwareForm {...props} />
        <MediaForm {...props} />
      </div>
    </div>
  )
}
