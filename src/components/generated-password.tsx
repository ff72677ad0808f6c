import { RefreshCw } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code.tsx'

interface Props {
  password: string
  /** Until when it can be copied: a sentence. */
  note: string
  /** Makes another; left out where it is too late for that. */
  onAnother?: () => void
}

/** A root password that was made up here, to be copied. */
export function GeneratedPassword({ password, note, onAnother }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <CodeBlock
        code={password}
        copyLabel="Copy root password"
        className="w-fit rounded-lg border border-line"
      />
      {onAnother && (
        <Button onClick={onAnother}>
          <RefreshCw size={14} aria-hidden />
          Another
        </Button>
      )}
      <p className="basis-full text-xs text-muted">{note}</p>
    </div>
  )
}
