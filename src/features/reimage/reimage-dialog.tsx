import { useState } from 'react'
import { RequestPreview } from '../../components/actions/request-preview.tsx'
import { TypeToConfirm } from '../../components/machine/type-to-confirm.tsx'
import { randomPassword } from '../../lib/browser/random-password.ts'
import { isTyped } from '../../lib/shown.ts'
import type { Plan } from '../../operations/plans/plan.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormError } from '../../ui/fields/form-error.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ForceField, forceAfterOf, forceProblem, NOT_FORCED } from '../plan/force-field.tsx'
import { ReimageDone } from './reimage-done.tsx'
import { ReimageFields } from './reimage-fields.tsx'
import { imageOf, reimageProblems, type ReimageValues } from './reimage-values.ts'
import { useReimage } from './reimage-ways.ts'
import type { TabProps } from '../../components/machine/tab-props.ts'

const EMPTY: Omit<ReimageValues, 'generated'> = {
  distribution: '',
  password_from: 'generated',
  typed: '',
  keys: '',
  script: '',
}

/**
 * Asks what to install over the first disc; a machine that runs is shut down first. What is typed lives as long as the dialog is
 * open. `again` is the plan that needs it once more.
 */
export function ReimageDialog({
  group,
  machine,
  again,
  lost,
  onClose,
}: TabProps & { again?: Plan; lost: string; onClose: () => void }) {
  const { vm } = machine
  const [values, setValues] = useState<ReimageValues>(() => ({
    ...EMPTY,
    distribution: again?.distribution ?? '',
    generated: randomPassword(),
  }))
  const [touched, setTouched] = useState<ReadonlySet<keyof ReimageValues>>(new Set())
  const [name, setName] = useState('')
  const [force, setForce] = useState(NOT_FORCED)
  const [done, setDone] = useState<'done' | 'begun' | null>(null)
  // As it was when it was asked: afterwards the machine goes off, and on again.
  const [planned] = useState(again !== undefined || vm.power_on)
  const asksForce = planned && again === undefined
  const way = useReimage({ group, machine }, planned, again)
  const { failure, busy } = way
  const problems = reimageProblems(values)
  const problem = Object.values(problems).find((each) => each !== null) ?? null
  const unnamed = isTyped(name, vm.name) ? null : `Type the name of the machine, ${vm.name}, first.`
  const forced = forceProblem(force)
  const forceAfter = forced === null && asksForce ? forceAfterOf(force) : null

  const errorsOf = (attribute: string): readonly string[] | undefined => {
    const wrong = Object.entries(problems).find(([each]) => each === attribute)?.[1]
    if (wrong) return touched.has(FIELDS[attribute] ?? 'distribution') ? [wrong] : undefined
    return failure?.fields?.[attribute]?.map((message) => `BigV says: ${message}`)
  }
  const confirm = () =>
    way.go(imageOf(values), forceAfter, () => {
      if (values.password_from === 'generated') setDone(planned ? 'begun' : 'done')
      else onClose()
    })

  if (done !== null) {
    return (
      <ReimageDone name={vm.name} password={values.generated} planned={done === 'begun'} onClose={onClose} />
    )
  }
  return (
    <Dialog
      open
      alert
      width="wide"
      onOpenChange={(open) => !open && onClose()}
      title={`Re-image ${vm.name}?`}
      description={asksForce ? `It runs, so it is shut down first. ${lost}` : lost}
      footer={
        <>
          <Button onClick={onClose}>{busy ? 'Close' : 'Cancel'}</Button>
          <Button
            variant="danger"
            disabledReason={way.disabledReason ?? problem ?? forced ?? unnamed}
            pending={busy}
            onClick={confirm}
          >
            {asksForce ? 'Shut down, re-image' : 'Re-image'}
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
        {asksForce && <ForceField value={force} onChange={setForce} />}
        <RequestPreview requests={way.requests(imageOf(values), forceAfter)} />
        <TypeToConfirm name={vm.name} typed={name} onType={setName} />
        {failure && <FormError title={failure.title} text={failure.text} details={failure.details} />}
        {busy && !planned && (
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
