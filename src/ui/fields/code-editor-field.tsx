import { useRef, type ChangeEvent, type ComponentProps, type KeyboardEvent, type UIEvent } from 'react'
import { Field, type FieldProps } from './field.tsx'

type Props = Omit<ComponentProps<'textarea'>, 'value' | 'onChange'> &
  FieldProps & { value: string; onChange: (value: string) => void }

const MIN_ROWS = 8
const MAX_ROWS = 24

/** A field for scripts: monospace, line numbers, no wrapping. Enter keeps the indent; Tab leaves the field, as in any other. */
export function CodeEditorField({ value, onChange, ...props }: Props) {
  const numbers = useRef<HTMLDivElement>(null)
  const lines = value.split('\n').length
  const scrollNumbers = ({ currentTarget }: UIEvent) => {
    if (numbers.current) numbers.current.scrollTop = currentTarget.scrollTop
  }
  return (
    <Field of={props}>
      {(control) => (
        <div className="flex overflow-hidden rounded-lg border border-line-control bg-surface font-mono text-xs leading-5 has-[textarea:focus-visible]:outline-2 has-[textarea:focus-visible]:outline-offset-2 has-[textarea:focus-visible]:outline-accent has-aria-invalid:border-danger">
          <div
            ref={numbers}
            aria-hidden
            className="min-w-9 shrink-0 overflow-hidden border-r border-line bg-raised py-2 pr-2 pl-1.5 text-right whitespace-pre text-muted select-none"
          >
            {Array.from({ length: lines }, (_, index) => index + 1).join('\n')}
          </div>
          <textarea
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            wrap="off"
            rows={Math.min(Math.max(lines + 1, MIN_ROWS), MAX_ROWS)}
            {...control}
            value={value}
            onChange={(event: ChangeEvent<HTMLTextAreaElement>) => onChange(event.currentTarget.value)}
            onKeyDown={keepIndent}
            onScroll={scrollNumbers}
            className="min-w-0 flex-1 resize-none bg-transparent px-2.5 py-2 outline-none"
          />
        </div>
      )}
    </Field>
  )
}

/** Indents the new line like the previous one. Uses the browser's insertText, so that Undo can revert the new line. */
function keepIndent(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return
  const { value, selectionStart, selectionEnd } = event.currentTarget
  const line = value.slice(value.lastIndexOf('\n', selectionStart - 1) + 1, selectionStart)
  const indent = /^[ \t]*/.exec(line)?.[0] ?? ''
  if (indent === '' || selectionStart !== selectionEnd) return
  event.preventDefault()
  document.execCommand('insertText', false, `\n${indent}`)
}
