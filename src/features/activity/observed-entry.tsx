import { Link } from 'react-router'
import { links } from '../../lib/links.ts'
import type { ObservedChange } from '../../operations/activity/change.ts'
import { changeInWords, windowInWords } from '../../operations/activity/wording.ts'
import { Tag } from '../../ui/tag.tsx'

/** A change that was made elsewhere: what was seen, of which machine, and between which readings. */
export function ObservedEntry({ change }: { change: ObservedChange }) {
  const { key, account, group, id, name } = change
  return (
    <li
      aria-labelledby={`${key}-what`}
      className="min-w-0 rounded-xl border border-dashed border-line-strong px-3.5 py-2.5"
    >
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 id={`${key}-what`} className="min-w-0 flex-1 font-semibold wrap-anywhere">
          <Link
            to={links.machine({ account, group }, id)}
            className="font-mono text-xs text-accent hover:underline"
          >
            {name}
          </Link>{' '}
          {changeInWords(change)}
        </h2>
        <Tag>Seen</Tag>
      </div>
      <p className="mt-0.5 text-xs text-muted wrap-anywhere">
        <span className="tabular-nums">{windowInWords(change)}</span>, not by this browser · {account} /{' '}
        {group} · id {id}
      </p>
    </li>
  )
}
