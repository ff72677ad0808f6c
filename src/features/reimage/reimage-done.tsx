import { GeneratedPassword } from '../../components/root-password.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

interface Props {
  name: string
  password: string
  /** Whether it is under way still, as a plan. */
  planned: boolean
  onClose: () => void
}

/** Shows a generated password once more, and then nowhere. */
export function ReimageDone({ name, password, planned, onClose }: Props) {
  return (
    <Dialog
      open
      alert
      onOpenChange={(open) => !open && onClose()}
      title={planned ? `${name} is being re-imaged` : `${name} was re-imaged`}
      footer={
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <div className="grid gap-3">
        <p>
          {planned
            ? 'The page of the machine shows each step. A reload of the page forgets the password.'
            : 'It is running. Its autoreboot_on is off now: it stays off once it powers off.'}
        </p>
        <GeneratedPassword
          password={password}
          note="The root password. Copy it now: it is shown nowhere once this is closed."
        />
      </div>
    </Dialog>
  )
}
