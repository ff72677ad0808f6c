import { useEffect, type RefObject } from 'react'
import { useBlocker } from 'react-router'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

interface Props {
  /** Whether something was typed that closing the tab would lose. */
  dirty: boolean
  /** What is not kept in this tab when the wizard is left: "the root password". */
  lost: readonly string[]
  /** Whether the request is on its way: leaving does not call it back. */
  pending: boolean
  /** Set once the form has done its work: leaving loses nothing any more. */
  done: RefObject<boolean>
}

/**
 * Asks before a form is left whose secrets would be lost, by a link, by Back, or by closing the page; what else was typed
 * is there on coming back. Going from step to step is no leaving.
 */
export function LeaveGuard({ dirty, lost, pending, done }: Props) {
  const asks = lost.length > 0 || pending
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      asks && !done.current && nextLocation.pathname !== currentLocation.pathname,
  )

  useEffect(() => {
    if (!dirty) return undefined
    const ask = (event: BeforeUnloadEvent) => {
      if (!done.current) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [dirty, done])

  if (blocker.state !== 'blocked') return null
  return (
    <Dialog
      open
      alert
      width="small"
      title={pending ? 'Leave while it is being sent?' : `Leave and lose ${lost.join(' and ')}?`}
      onOpenChange={() => blocker.reset()}
      footer={
        <>
          <Button onClick={() => blocker.reset()}>Stay</Button>
          <Button variant="danger" onClick={() => blocker.proceed()}>
            Leave
          </Button>
        </>
      }
    >
      {pending
        ? 'The machine is being asked for just now, and may be created all the same.'
        : 'The machine has not been created. What else you typed is here when you come back, in this tab.'}
    </Dialog>
  )
}
