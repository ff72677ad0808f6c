import { useEffect, useState, type ComponentProps } from 'react'
import { bind } from '../../actions/action.ts'
import { reimage, type ImageInstall } from '../../actions/lifecycle.ts'
import type { MachineInGroup } from '../../api/virtual-machines.ts'
import { QueuedNotice } from '../../components/actions/queued-notice.tsx'
import { RequestPreview } from '../../components/actions/request-preview.tsx'
import { TypeToConfirm } from '../../components/machine/type-to-confirm.tsx'
import { GeneratedPassword } from '../../components/root-password.tsx'
import { askBeforeClosing } from '../../lib/browser/ask-before-closing.ts'
import { randomPassword } from '../../lib/browser/random-password.ts'
import { isTyped } from '../../lib/shown.ts'
import { firstProblem } from '../../lib/text.ts'
import { formatMib } from '../../lib/units.ts'
import type { Operation } from '../../operations/operation.ts'
import { stepsFor, type Plan } from '../../operations/plan.ts'
import { planRequests } from '../../operations/plans/begin-plan.ts'
import { reenter } from '../../operations/plans/control.ts'
import { useAction, type ActionFailure } from '../../operations/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { ErrorsOf } from '../../ui/fields/field.tsx'
import { FormError, Notice } from '../../ui/notice.tsx'
import {
  forceAfterOf,
  ForceField,
  forceProblem,
  NOT_FORCED,
  PlanForecast,
  useBeginPlan,
} from '../plan/plan-dialog.tsx'
import { imageOf, ReimageFields, reimageProblems, type ReimageValues } from './reimage-fields.tsx'

const EMPTY: Omit<ReimageValues, 'generated'> = {
  distribution: '',
  password_from: 'generated',
  root_password: '',
  ssh_public_key: '',
  firstboot_script: '',
}

/** Which disc is erased. Its loss is said before. */
function firstDisc({ discs }: MachineInGroup['machine']['vm']): string {
  const first = discs?.[0]
  if (first === undefined || !discs) return ''
  const others = discs.length > 1 ? 'the others aren’t changed' : 'there are no others'
  return `The first disc is ${first.label} (${formatMib(first.size)}); ${others}. `
}

interface Props extends MachineInGroup {
  /** A plan whose secrets have to be re-entered. */
  plan?: Plan
  onClose: () => void
}

/**
 * Asks what to install over the first disc. A running machine is shut down first, by a plan. The input is kept only while the dialog
 * is open.
 */
export function ReimageDialog({ group, machine, plan, onClose }: Props) {
  const { vm } = machine
  const distribution = plan?.kept['distribution']
  const [values, setValues] = useState<ReimageValues>(() => ({
    ...EMPTY,
    distribution: typeof distribution === 'string' ? distribution : '',
    generated: randomPassword(),
  }))
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [name, setName] = useState('')
  const [force, setForce] = useState(NOT_FORCED)
  const [done, setDone] = useState<'done' | 'begun' | null>(null)
  // This is decided once, because the machine goes off and on again while the dialog is open.
  const [planned] = useState(plan !== undefined || vm.power_on)
  const asksForce = planned && plan === undefined
  const { disabledReason, requests, submit, failure, busy, queued } = useReimage(
    { group, machine },
    planned,
    plan,
  )
  const problems = reimageProblems(values)
  const problem = firstProblem(problems)
  const nameProblem = isTyped(name, vm.name) ? null : `Type ${vm.name} to confirm.`
  const forced = forceProblem(force)
  const forceAfter = forced === null && asksForce ? forceAfterOf(force) : null

  const errorsOf: ErrorsOf = (attribute) => {
    const wrong = problems[attribute]
    if (wrong) return touched.has(attribute) ? [wrong] : undefined
    return failure?.fields?.[attribute]?.map((message) => `BigV said: ${message}`)
  }
  const confirm = () =>
    submit(imageOf(values), forceAfter, () => {
      if (values.password_from === 'generated') setDone(planned ? 'begun' : 'done')
      else onClose()
    })

  const password = values.password_from === 'generated' ? values.generated : null

  if (done !== null) {
    return (
      <ReimageDone name={vm.name} password={values.generated} planned={done === 'begun'} onClose={onClose} />
    )
  }
  // A plan takes only a moment to begin, and the machine's page shows its steps.
  if (busy && !planned) {
    return (
      <Dialog
        key="dialog"
        form
        keeps={password !== null}
        onClose={onClose}
        title={queued ? `Re-image ${vm.name}` : `Re-imaging ${vm.name}…`}
        footer={<Button onClick={onClose}>{password === null ? 'Close' : 'I’ve copied it'}</Button>}
      >
        <Progress password={password} queued={queued} />
      </Dialog>
    )
  }
  return (
    <Dialog
      key="dialog"
      form
      width="wide"
      onClose={onClose}
      title={`Re-image ${vm.name}?`}
      description={
        <>
          <strong>{reimage.loss?.(vm)}</strong> <span>{firstDisc(vm)}</span>
          {asksForce && <span>The machine is running, so it will be shut down first. </span>}
          <span>
            A new operating system is installed. The machine is left on, with automatic restart off.
          </span>
        </>
      }
      footer={
        <>
          <Button onClick={onClose}>{busy ? 'Close' : 'Cancel'}</Button>
          <Button
            ref={failure ? focusOnce : undefined}
            variant="confirm-danger"
            disabledReason={disabledReason ?? problem ?? forced ?? nameProblem}
            pending={busy}
            onClick={confirm}
          >
            {asksForce ? reimage.guided?.title : reimage.label}
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
            setTouched((before) => new Set([...before, ...Object.keys(change)]))
          }}
        />
        {asksForce && (
          <>
            <ForceField value={force} onChange={setForce} />
            <PlanForecast plan={{ action: 'reimage', steps: stepsFor(reimage), forceAfter }} />
          </>
        )}
        <RequestPreview requests={requests(imageOf(values), forceAfter)} />
        <TypeToConfirm name={vm.name} typed={name} onType={setName} />
        {failure && (
          <div ref={intoView}>
            <FormError title={failure.title} text={failure.text} details={failure.details} />
          </div>
        )}
      </div>
    </Dialog>
  )
}

// The form comes back after a failure, scrolled to its top and without the focus.
const focusOnce = (element: HTMLElement | null) => element?.focus()
const intoView = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' })

interface ProgressProps {
  /** The generated password, if there is one. */
  password: string | null
  queued: Operation | null
}

/** Takes the place of the form. The generated password can be copied meanwhile. */
function Progress({ password, queued }: ProgressProps) {
  return (
    <div ref={focusOnce} tabIndex={-1} className="grid gap-3 outline-none">
      {queued ? (
        <QueuedNotice operation={queued} />
      ) : (
        <Notice role="status" title="BigV is installing the system">
          This can take several minutes, and continues if you close this dialog.
        </Notice>
      )}
      {password !== null && (
        <Notice tone="warn" title="Copy the new root password">
          <div className="mt-1.5">
            <GeneratedPassword password={password} note="It’s lost when you close this dialog." />
          </div>
        </Notice>
      )}
    </div>
  )
}

interface DoneProps {
  name: string
  password: string
  /** True if a plan is still re-imaging the machine. */
  planned: boolean
  onClose: () => void
}

/** Shows the generated password for the last time. */
export function ReimageDone({ name, password, planned, onClose }: DoneProps) {
  useEffect(() => askBeforeClosing(() => true), [])
  return (
    <Dialog
      alert
      keeps
      onClose={onClose}
      title={planned ? `${name} is being re-imaged` : `${name} was re-imaged`}
      description={
        planned
          ? 'The machine’s page shows each step. If you reload it before the re-image, you must re-enter the password.'
          : 'The machine is running. Automatic restart is off, so it stays off if it powers off.'
      }
      footer={
        <Button variant="primary" onClick={onClose}>
          I’ve copied it
        </Button>
      }
    >
      <GeneratedPassword
        password={password}
        note="This is the root password. Copy it now: you can’t see it again after you close this dialog."
      />
    </Dialog>
  )
}

interface Reimage {
  disabledReason: string | null
  requests: (
    image: ImageInstall,
    forceAfter: number | null,
  ) => ComponentProps<typeof RequestPreview>['requests']
  /** Calls `onDone` when the re-image is done or, with a plan, when the plan has begun. */
  submit: (image: ImageInstall, forceAfter: number | null, onDone: () => void) => void
  busy: boolean
  /** The re-image while it is queued, or null. */
  queued: Operation | null
  failure: ActionFailure | null
}

/** Re-images the machine at once, by a plan that first shuts it down (`planned`), or by entering a plan's secrets again (`plan`). */
function useReimage({ group, machine }: MachineInGroup, planned: boolean, plan: Plan | undefined): Reimage {
  const now = useAction(reimage, { group, machine })
  const asPlan = useBeginPlan({ group, machine })
  const { vm } = machine
  if (plan !== undefined) {
    return {
      disabledReason: null,
      requests: (image) => bind(reimage, image).requests(plan.target, vm),
      submit(image, _, onDone) {
        reenter(plan.key, bind(reimage, image), vm)
        onDone()
      },
      busy: false,
      queued: null,
      failure: null,
    }
  }
  if (planned) {
    return {
      disabledReason: asPlan.disabledReason,
      requests: (image, forceAfter) => planRequests(group, vm, bind(reimage, image), forceAfter),
      submit: (image, forceAfter, onDone) =>
        asPlan.begin(bind(reimage, image), forceAfter, { onSuccess: onDone }),
      busy: asPlan.beginning,
      queued: null,
      failure: asPlan.failure,
    }
  }
  return {
    disabledReason: now.disabledReason,
    requests: now.requests,
    submit: (image, _, onDone) => now.mutate(image, { onSuccess: onDone }),
    busy: now.isPending,
    queued: now.queued,
    failure: now.error,
  }
}
