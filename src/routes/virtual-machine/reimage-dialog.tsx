import { useState } from 'react'
import { GeneratedPassword } from '../../components/generated-password.tsx'
import { RequestPreview } from '../../components/power/request-preview.tsx'
import { useGates } from '../../components/power/use-gates.ts'
import { randomPassword } from '../../lib/random-password.ts'
import { requestsOf } from '../../operations/requests.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { ReimageFields } from './reimage-fields.tsx'
import { imageOf, reimageProblems, type ReimageValues } from './reimage-values.ts'
import { useSave } from './settings-save.ts'
import type { TabProps } from './tab-props.ts'

const EMPTY: Omit<ReimageValues, 'generated'> = {
  distribution: '',
  password_from: 'generated',
  typed: '',
  keys: '',
  script: '',
}

/** Asks what to install over the first disc. What is typed lives as long as the dialog is open. */
export function ReimageDialog({
  group,
  reading,
  lost,
  onClose,
}: TabProps & { lost: string; onClose: () => void }) {
  const { vm } = reading
  const [values, setValues] = useState<ReimageValues>(() => ({ ...EMPTY, generated: randomPassword() }))
  const [touched, setTouched] = useState<ReadonlySet<keyof ReimageValues>>(new Set())
  const [name, setName] = useState('')
  const [done, setDone] = useState(false)
  const { save, saving, failure } = useSave()
  const refusalOf = useGates(reading)
  const problems = reimageProblems(values)
  const problem = Object.values(problems).find((each) => each !== null) ?? null
  const unnamed = name === vm.name ? null : `Type the name of the machine, ${vm.name}, first.`
  const params = { image: imageOf(values) }

  const errorsOf = (attribute: string): readonly string[] | undefined => {
    const wrong = Object.entries(problems).find(([each]) => each === attribute)?.[1]
    if (wrong) return touched.has(FIELDS[attribute] ?? 'distribution') ? [wrong] : undefined
    return failure?.fields[attribute]?.map((message) => `BigV says: ${message}`)
  }
  const confirm = async () => {
    if (!(await save({ action: 'reimage', group, reading, params }))) return
    if (values.password_from === 'generated') setDone(true)
    else onClose()
  }

  if (done) {
    return (
      <Dialog
        open
        alert
        onOpenChange={(open) => !open && onClose()}
        title={`${vm.name} was re-imaged`}
        footer={
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        }
      >
        <div className="grid gap-3">
          <p>It is running. Its autoreboot_on is off now: it stays off once it powers off.</p>
          <GeneratedPassword
            password={values.generated}
            note="The root password. Copy it now: it is shown nowhere once this is closed."
          />
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog
      open
      alert
      width="wide"
      onOpenChange={(open) => !open && onClose()}
      title={`Re-image ${vm.name}?`}
      description={lost}
      footer={
        <>
          <Button onClick={onClose}>{saving ? 'Close' : 'Cancel'}</Button>
          <Button
            variant="danger"
            refusal={(saving ? null : refusalOf('reimage')) ?? problem ?? unnamed}
            pending={saving}
            onClick={() => void confirm()}
          >
            Re-image
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <ReimageFields
          values={values}
          errorsOf={errorsOf}
          onChange={(change) => {
            setValues((before) => ({ ...before, ...change }))
            setTouched((before) => new Set([...before, ...(Object.keys(change) as (keyof ReimageValues)[])]))
          }}
        />
        <RequestPreview requests={requestsOf('reimage', group, vm, params)} />
        <TextField
          label={`Type ${vm.name} to confirm`}
          mono
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {failure && <FormError title={failure.title} text={failure.text} details={failure.details} />}
        {saving && (
          <Notice role="status" title="BigV is installing the system">
            This takes some minutes. It goes on when you close this; a generated password is then gone from
            here.
          </Notice>
        )}
      </div>
    </Dialog>
  )
}

const FIELDS: Readonly<Record<string, keyof ReimageValues>> = {
  distribution: 'distribution',
  root_password: 'typed',
  ssh_public_key: 'keys',
  firstboot_script: 'script',
}
