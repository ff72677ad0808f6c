import { Link } from 'react-router'
import { traceLine, type ApiError } from '../../../api/errors.ts'
import type { MachineData } from '../../../api/virtual-machines.ts'
import { NewPassword } from '../../../components/root-password.tsx'
import { links, type GroupRef } from '../../../lib/links.ts'
import { buttonClass } from '../../../ui/button-class.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Notice } from '../../../ui/notice.tsx'

interface Props {
  group: GroupRef
  name: string
  error: ApiError
  found: MachineData | null
  pending: boolean
  onSendAgain: () => void
}

/** No answer came: says what was sent, what was found on reading, and leaves it to the user whether to send again. */
export function UnclearNotice({ group, name, error, found, pending, onSendAgain }: Props) {
  const line = traceLine(error.trace)
  return (
    <Notice role="alert" tone="warn" title={`${name} may have been created`}>
      <p>{error.message}</p>
      <p>{found ? foundWords(found) : `No ${name} could be read afterwards; BigV may be making it still.`}</p>
      <NewPassword group={group} name={name} />
      <p className="mt-1 font-mono text-xs text-muted">
        {line} <CopyButton value={line} label="Copy the details" />
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        {found && (
          <Link to={links.machine(group, found.vm.id)} className={buttonClass()}>
            <span className="truncate">Open {found.vm.name}</span>
          </Link>
        )}
        <Button pending={pending} onClick={onSendAgain}>
          Send again
        </Button>
      </div>
    </Notice>
  )
}

function foundWords({ vm, creating }: MachineData): string {
  if (creating) return `Reading afterwards found ${vm.name}: it is being made.`
  return `Reading afterwards found ${vm.name}: it is ${vm.power_on ? 'on' : 'off'}.`
}
