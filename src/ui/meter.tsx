type Props = {
  value: number
  max: number
  label: string
  /** The value for screen readers: "12 of 64 GiB". */
  text?: string | undefined
  tone?: 'accent' | 'ok' | 'warn' | 'danger' | undefined
  /** 'progressbar' for a running task. */
  role?: 'meter' | 'progressbar' | undefined
  className?: string | undefined
}

const TONES = { accent: 'text-accent', ok: 'text-ok', warn: 'text-warn', danger: 'text-danger' }

export function Meter({ value, max, label, text, tone = 'accent', role = 'meter', className = '' }: Props) {
  const part = max > 0 ? Math.min(Math.max(value / max, 0), 1) : 0
  return (
    <div
      role={role}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      aria-valuetext={text}
      className={`h-1.5 min-w-12 overflow-hidden rounded-full bg-current/20 ${TONES[tone]} forced-colors:border ${className}`}
    >
      {/* A border, as forced-colours mode drops backgrounds. */}
      <div
        className="h-full border-t-6 border-current transition-[width] duration-300"
        style={{ width: `${part * 100}%` }}
      />
    </div>
  )
}
