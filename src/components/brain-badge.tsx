import { useBrainSettings } from '../api/brain.ts'
import { Tag } from '../ui/tag.tsx'

/** The cluster's name; for the demo, DEMO in another colour. */
export function BrainBadge() {
  const settings = useBrainSettings()
  if (settings === null) return null
  const demo = settings.demo !== undefined
  return (
    <Tag
      tone={demo ? 'warn' : 'quiet'}
      className="min-w-0 sm:shrink-0 font-mono font-semibold whitespace-nowrap"
      title={demo ? 'A simulated BigV' : settings.brain}
    >
      <span className="block truncate max-sm:max-w-16">{demo ? 'DEMO' : shortName(settings.brain)}</span>
    </Tag>
  )
}

/** The first part of a host name (uk0 of uk0.bigv.io). An IP address stays whole. */
function shortName(host: string): string {
  return /^[a-z]/i.test(host) ? host.replace(/\..*/, '') : host
}
