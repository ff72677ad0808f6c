import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { askLeave, setTold, toldEnds } from './telling.ts'

/** Has the end of an operation told by the browser, wherever the user is by then; pressed again, not. */
export function TellButton({ operationKey }: { operationKey: string }) {
  const told = toldEnds.use((keys) => keys.includes(operationKey))
  const [why, setWhy] = useState<string | null>(null)
  const press = async () => {
    setTold(operationKey, !told)
    if (told) return setWhy(null)
    const telling = await askLeave()
    setWhy(telling.by === 'page' ? telling.why : null)
  }
  return (
    <>
      <Button
        aria-pressed={told}
        className={told ? 'border-accent! text-accent!' : ''}
        onClick={() => void press()}
      >
        {told ? 'You will be told' : 'Tell me when it is done'}
      </Button>
      <span role="status" className="basis-full text-xs text-muted empty:hidden">
        {why}
      </span>
    </>
  )
}
