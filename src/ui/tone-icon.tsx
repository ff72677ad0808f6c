import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'

export type Tone = 'info' | 'ok' | 'warn' | 'danger'

const ICONS = { info: Info, ok: CircleCheck, warn: TriangleAlert, danger: CircleAlert }
const COLOURS: Record<Tone, string> = {
  info: 'text-accent',
  ok: 'text-ok',
  warn: 'text-warn',
  danger: 'text-danger',
}

/** The tone as a shape; the words beside it must say it too. */
export function ToneIcon({ tone }: { tone: Tone }) {
  const Icon = ICONS[tone]
  return <Icon size={16} aria-hidden className={`mt-0.5 shrink-0 ${COLOURS[tone]}`} />
}
