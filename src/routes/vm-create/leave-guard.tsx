import { useEffect, type RefObject } from 'react'
import { useBlocker } from 'react-router'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

interface Props {
  /** Whether something was typed that would be lost. */
  dirty: boolean
  /** Whether the request is on its way: leaving does not call it back. */
  pending: boolean
  /** Set once the form has done its work: leaving loses nothing any more. */
  done: RefObject<boolean>
}

/** Asks before a half-filled form is left, by a link, by Back, or by closing the page; going from step to step is no leaving. */
export function LeaveGuard({ dirty, pending, done }: Props) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      dirty && !done.current && nextLocation.pathname !== currentLocation.pathname,
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
      title="Leave and lose what you typed?"
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
        ? 'The machine is being asked for just now, and may be created all the same. What stands in the form is kept nowhere else.'
        : 'The machine has not been created. What stands in the form is kept nowhere else.'}
    </Dialog>
  )
}
