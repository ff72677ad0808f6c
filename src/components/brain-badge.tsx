import { useBrainSettings } from '../api/brain.ts'
import { Tag } from '../ui/tag.tsx'

/** The name of the cluster, or DEMO in another colour. */
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

/** The first part of a host's name, uk0 of uk0.bigv.io; an address has no such part. */
function shortName(host: string): string {
  return /^[a-z]/i.test(host) ? host.replace(/\..*/, '') : host
}
