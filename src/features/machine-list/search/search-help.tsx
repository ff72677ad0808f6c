import { Dialog } from '../../../ui/dialog.tsx'
import { Kbd } from '../../../ui/tag.tsx'

const EXAMPLES: readonly [string, string][] = [
  ['web 198.51', 'All of these words in name, hostname, id or address (an IPv6 by a word with a colon).'],
  ['"web 1"', 'Exactly this, spaces and all.'],
  ['is:running', 'By state: running, stopped, restarting, deleted, or changing (starting, shutting-down…).'],
  ['group:default', 'Of one group.'],
  ['head:head3', 'On one head; head:* for any, -head:* for none.'],
  ['profile:virtio*', 'Of a hardware profile; * stands for anything.'],
  ['cores>=4', 'By number: =, <, <=, > and >=.'],
  ['memory<2GiB', 'By memory, in MiB, GiB or TiB.'],
  ['-web -is:stopped', 'With a minus: without these.'],
]

export function SearchHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      open
      title="How to search"
      description="A machine is shown when it fits every term."
      onOpenChange={(open) => !open && onClose()}
    >
      <dl className="grid gap-x-5 gap-y-2 sm:grid-cols-[auto_1fr]">
        {EXAMPLES.map(([example, meaning]) => (
          <div key={example} className="sm:contents">
            <dt>
              <code className="rounded-sm bg-raised px-1.5 py-0.5 whitespace-nowrap">{example}</code>
            </dt>
            <dd className="text-muted">{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 text-xs text-muted">
        <Kbd>/</Kbd> goes to the search, <Kbd>↓</Kbd> shows what there is to choose from, <Kbd>Enter</Kbd> or{' '}
        <Kbd>Tab</Kbd> takes it, <Kbd>Esc</Kbd> clears.
      </p>
    </Dialog>
  )
}
