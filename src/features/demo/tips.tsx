import X from 'lucide-react/icons/x'
import { Link } from 'react-router'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import { links, type GroupRef } from '../../lib/links.ts'
import { persisted } from '../../lib/persisted.ts'
import { z } from '../../lib/schema.ts'
import { createStore } from '../../lib/store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'

const dismissed = persisted(createStore(false), {
  key: 'bigv.demo-tips',
  where: 'browser',
  schema: z.boolean(),
})

interface Place {
  group: GroupRef
  /** The id of the tip's machine. */
  id: number
}

interface Tip {
  /** The demo's machine that the tip needs (simulator/fleet/plan.ts). */
  machine: string
  /** The link, and what happens. */
  title: string
  text: string
  to: (place: Place) => string
}

/** What is worth trying in the demo. tools/demo-tips.test.ts checks each against the simulator. */
export const TIPS: readonly Tip[] = [
  {
    machine: 'stubborn',
    title: 'Shut down stubborn',
    text: 'Its guest ignores the power button. After 2 min you can press again or force stop it.',
    to: ({ group, id }) => links.machine(group, id),
  },
  {
    machine: 'office-ad',
    title: 'Give office-ad more memory',
    text: 'One plan shuts it down, changes it and starts it again.',
    to: ({ group, id }) => links.machineTab(group, id, 'settings'),
  },
  {
    machine: 'installer',
    title: 'Type into installer’s console',
    text: 'Send Ctrl+Alt+Del, or a line of text in a British layout.',
    to: ({ group, id }) => links.machineKeys(group, id),
  },
  {
    machine: 'blank',
    title: 'Add a disc to blank',
    text: 'It has none. Then re-image it, and start it.',
    to: ({ group, id }) => links.machineTab(group, id, 'discs'),
  },
  {
    machine: 'stubborn',
    title: 'Shut down several at once',
    text: 'Select the machines found. The run can be paused, and reports on each.',
    to: ({ group }) => `${links.machines(group)}?${new URLSearchParams({ q: 'is:running cores>=4' })}`,
  },
  {
    machine: 'stubborn',
    title: 'Undelete old-shop',
    text: 'Deleted machines keep their discs for 28 days.',
    to: ({ group }) => links.deletedMachines(group),
  },
  {
    machine: 'stubborn',
    title: 'Create five machines in one go',
    text: 'Call them node{1..5}. The review shows every request.',
    to: ({ group }) => links.create(group),
  },
  {
    machine: 'stubborn',
    title: 'See which head runs what',
    text: 'Turn a few machines off first.',
    to: () => links.platform(),
  },
]

interface Props {
  rows: readonly { group: GroupRef; vm: VirtualMachine }[]
}

/** Suggestions for someone who tries the demo, on the list that has its special machines. */
export function DemoTips({ rows }: Props) {
  const isDismissed = dismissed.use()
  const tips = TIPS.flatMap((tip) => {
    const row = rows.find(({ vm }) => vm.name === tip.machine)
    return row === undefined ? [] : [{ ...tip, href: tip.to({ group: row.group, id: row.vm.id }) }]
  })
  if (isDismissed || tips.length === 0) return null
  return (
    <Card
      title="Worth trying in this demo"
      actions={<IconButton label="Dismiss suggestions" icon={X} onClick={() => dismissed.set(true)} />}
      className="mb-3 print:hidden"
    >
      <ul className="grid gap-x-6 gap-y-1.5 px-3.5 py-2.5 sm:grid-cols-2 xl:grid-cols-4">
        {tips.map(({ title, text, href }) => (
          // A phone has room for three.
          <li key={title} className="min-w-0 max-sm:nth-[n+4]:hidden">
            <Link to={href} className="font-medium text-accent hover:underline">
              {title}
            </Link>
            <p className="text-xs text-muted max-sm:hidden">{text}</p>
          </li>
        ))}
      </ul>
    </Card>
  )
}
