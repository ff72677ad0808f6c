import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { Fragment, useEffect, useRef, useState } from 'react'
import { Button, IconButton } from './button.tsx'
import { useLayer } from './layers.ts'
import { announce } from './live-region.tsx'
import { anchorPopover } from './position.ts'

type CopyProps = {
  value: string
  /** The button's name: "Copy hostname". */
  label: string
  /** Words instead of the icon. */
  words?: string | undefined
  onCopied?: (() => void) | undefined
}

/** Copies a text. If the browser doesn't allow copying, shows the text selected, so that the user can copy it by keyboard. */
export function CopyButton({ value, label, words, onCopied }: CopyProps) {
  const [copied, setCopied] = useState(false)
  const [byHand, setByHand] = useState<HTMLElement | null>(null)

  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [copied])

  const copy = async (button: HTMLElement) => {
    try {
      // The clipboard is unavailable outside https and localhost, and under some policies.
      await navigator.clipboard.writeText(value)
      setCopied(true)
      announce('Copied')
      onCopied?.()
    } catch {
      setByHand(button)
    }
  }

  const Icon = copied ? Check : Copy
  return (
    <>
      {words === undefined ? (
        <IconButton
          size="small"
          label={label}
          className={`h-6! w-6! align-middle pointer-coarse:h-9! pointer-coarse:w-9! ${copied ? 'text-ok!' : ''}`}
          onClick={(event) => void copy(event.currentTarget)}
        >
          <Icon size={14} aria-hidden />
        </IconButton>
      ) : (
        <Button
          size="small"
          variant="quiet"
          aria-label={label}
          className={`h-6! pointer-coarse:h-9! ${copied ? 'text-ok!' : ''}`}
          onClick={(event) => void copy(event.currentTarget)}
        >
          {words}
        </Button>
      )}
      {byHand && (
        <CopyByHand
          value={value}
          label={label}
          anchor={byHand}
          onClose={(refocus) => {
            if (refocus) byHand.focus()
            setByHand(null)
          }}
        />
      )}
    </>
  )
}

type ByHandProps = { value: string; label: string; anchor: Element; onClose: (refocus: boolean) => void }

function CopyByHand({ value, label, anchor, onClose }: ByHandProps) {
  const popup = useRef<HTMLSpanElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  useLayer(() => onClose(true))
  useEffect(() => {
    if (!popup.current) return undefined
    const stop = anchorPopover(popup.current, anchor, { align: 'end' })
    field.current?.select()
    return stop
  }, [anchor])
  return (
    <span ref={popup} popover="manual" className="popup w-[min(24rem,calc(100vw-1rem))] rounded-xl p-2">
      <span className="mb-1.5 block text-xs text-muted">
        Your browser doesn’t allow copying here. Press Ctrl+C or ⌘C.
      </span>
      <textarea
        ref={field}
        readOnly
        aria-label={label}
        rows={Math.min(value.split('\n').length, 8)}
        value={value}
        className="control font-mono text-xs"
        onBlur={() => onClose(false)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          onClose(true)
        }}
      />
    </span>
  )
}

type BlockProps = {
  code: string
  /** The name of the copy button; null: no button. */
  copyLabel: string | null
  className?: string
}

/** Code that wraps anywhere, so that commands can be read without scrolling sideways. */
export function CodeBlock({ code, copyLabel, className = '' }: BlockProps) {
  return (
    <div className={`flex items-start gap-2 bg-raised py-1.5 pr-1.5 pl-3.5 ${className}`}>
      <pre className="min-w-0 flex-1 py-1 text-xs leading-relaxed whitespace-pre-wrap wrap-anywhere">
        <code className="text-[1em]">{code}</code>
      </pre>
      {copyLabel !== null && <CopyButton value={code} label={copyLabel} />}
    </div>
  )
}

/** A path or JSON without spaces, which wraps after slashes and commas rather than inside words. */
export function Breakable({ text }: { text: string }) {
  return text.split(/(?<=\S[/,])/).map((piece, at) => (
    // oxlint-disable-next-line react/no-array-index-key -- the pieces of one text have no other
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {piece}
    </Fragment>
  ))
}
