import { useEffect, useRef, useState } from 'react'
import { Check, Copy } from 'lucide-react'
import { IconButton } from './icon-button.tsx'
import { announce } from './live-region.tsx'
import { follow } from './place.ts'

type Props = {
  value: string
  /** What is copied: "Copy hostname". */
  label: string
  className?: string | undefined
}

export function CopyButton({ value, label, className }: Props) {
  const [copied, setCopied] = useState(false)
  const [byHand, setByHand] = useState<HTMLElement | null>(null)

  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [copied])

  const copy = async (button: HTMLElement) => {
    try {
      // Missing outside https and localhost, and refused by some policies.
      await navigator.clipboard.writeText(value)
      setCopied(true)
      announce('Copied')
    } catch {
      setByHand(button)
    }
  }

  const Icon = copied ? Check : Copy
  return (
    <>
      <IconButton
        size="small"
        label={label}
        className={`h-6! w-6! align-middle pointer-coarse:h-9! pointer-coarse:w-9! ${copied ? 'text-ok!' : ''} ${className ?? ''}`}
        onClick={(event) => void copy(event.currentTarget)}
      >
        <Icon size={14} aria-hidden />
      </IconButton>
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
  useEffect(() => {
    if (!popup.current) return undefined
    const stop = follow(popup.current, anchor, { align: 'end' })
    field.current?.select()
    return stop
  }, [anchor])
  return (
    <span ref={popup} popover="manual" className="popup w-[min(24rem,calc(100vw-1rem))] rounded-xl p-2">
      <span className="mb-1.5 block text-xs text-muted">
        The browser does not allow copying here. Press Ctrl+C or ⌘C.
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
