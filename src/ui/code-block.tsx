import type { ComponentProps } from 'react'
import { CopyButton } from './copy-button.tsx'

type Props = Omit<ComponentProps<'div'>, 'children'> & {
  code: string
  /** Name of what can be copied; null leaves the button out. */
  copyLabel?: string | null | undefined
}

/** Text as it is sent or typed; it wraps anywhere, as nobody scrolls sideways to read a command. */
export function CodeBlock({ code, copyLabel = 'Copy', className = '', ...props }: Props) {
  return (
    <div {...props} className={`flex items-start gap-2 bg-raised py-1.5 pr-1.5 pl-3.5 ${className}`}>
      <pre className="min-w-0 flex-1 py-1 text-xs leading-relaxed whitespace-pre-wrap wrap-anywhere">
        <code className="text-[1em]">{code}</code>
      </pre>
      {copyLabel !== null && <CopyButton value={code} label={copyLabel} />}
    </div>
  )
}
