import { ReimageCard } from './reimage-card.tsx'
import { RescueCard } from './rescue-card.tsx'
import { AutorebootForm } from './settings-autoreboot.tsx'
import { HardwareForm } from './settings-hardware.tsx'
import { IdentityForm } from './settings-identity.tsx'
import { MediaForm } from './settings-media.tsx'
import type { TabProps } from '../../../components/machine/tab-props.ts'

/** What can be changed about the machine itself, each subject with its own Save. */
export function SettingsTab(props: TabProps) {
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
