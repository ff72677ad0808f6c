import { Link, useRouteError } from 'react-router'
import { messageOf } from '../api/errors.ts'
import { PageTitle } from '../components/page/page-heading.tsx'
import { links } from '../lib/links.ts'
import { atWhen } from '../lib/times.ts'
import type { Operation } from '../operations/operation.ts'
import { useOperations } from '../operations/store.ts'
import { Button } from '../ui/button.tsx'
import { FormError } from '../ui/notice.tsx'

/** Replaces a page that throws. The frame around it stays usable. */
export function PageError() {
  const error = useRouteError()
  return (
    <div className="p-4">
      <PageTitle parts={['Page failed']} failed />
      <FormError
        title="This page failed"
        text={
          <>
            <p>The dashboard has a fault, or part of it failed to load.</p>
            <LastActions />
          </>
        }
        details={detailsOf(error)}
      >
        <Button onClick={() => location.reload()}>Reload</Button>
      </FormError>
    </div>
  )
}

/** The error's message and stack. The stack begins with the message in Chromium, but not in Firefox and WebKit. */
function detailsOf(error: unknown): string {
  const message = messageOf(error)
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  return stack.includes(message) ? stack : `${message}\n${stack}`.trimEnd()
}

/** At most this many running actions are named. The activity has them all. */
const MOST = 5

/** The state of the actions that the user may have been waiting for: all that are still running, otherwise the last one. */
function LastActions() {
  const own = useOperations().filter(({ otherTab }) => !otherTab)
  const running = own.filter(({ phase }) => phase !== 'ended')
  const shown = (running.length > 0 ? running : own.slice(-1)).toReversed()
  if (shown.length === 0) return null
  return (
    <div className="mt-1">
      <p>{running.length > 0 ? 'Still running:' : 'Your last action:'}</p>
      <ul className="list-disc pl-5">
        {shown.slice(0, MOST).map((operation) => (
          <li key={operation.key}>
            {operation.label} {operation.target.name}: {recordInWords(operation)}
          </li>
        ))}
      </ul>
      <Link to={links.activity()} className="text-accent hover:underline">
        All activity
      </Link>
    </div>
  )
}

const RUNNING: Record<Exclude<Operation['phase'], 'ended'>, string> = {
  checking: 'nothing sent yet',
  queued: 'queued, nothing sent yet',
  sending: 'being sent, no answer yet',
  'signing in': 'waits until you sign in again',
  asking: 'waits for your decision',
  waiting: 'sent, result not seen yet',
}

function recordInWords({ phase, outcome, note, endedAt }: Operation): string {
  if (phase !== 'ended') return RUNNING[phase]
  const when = endedAt === null ? '' : ` ${atWhen(endedAt)}`
  return `${outcome ?? 'ended'}${when}${note && `. ${note}`}`
}
