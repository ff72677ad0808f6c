import { useQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { fingerprint, type KeyLine } from '../../lib/ssh-keys.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Tag } from '../../ui/tag.tsx'

interface Props {
  entry: KeyLine
  disabledReason: string | null
  onRemove: () => void
}

const END = 12

/** One key: its comment, its type, and its fingerprint, or how it ends where the browser cannot make one. */
export function KeyItem({ entry, disabledReason, onRemove }: Props) {
  const { line, type, blob, comment } = entry
  const print = useQuery({
    queryKey: ['fingerprint', blob],
    queryFn: () => fingerprint(blob),
    enabled: blob !== '',
    retry: false,
    staleTime: Infinity,
  })
  const name = comment || type || 'the line'
  return (
    <li className="flex items-center gap-2 px-3.5 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2 wrap-anywhere">
          <span className="min-w-0 font-semibold">
            {comment || (type ? 'No comment' : 'Not a key that is known here')}
          </span>
          {type && <Tag className="font-mono">{type}</Tag>}
        </p>
        <p className="mt-0.5 font-mono text-xs text-muted wrap-anywhere">
          {blob === '' ? line : (print.data ?? `…${blob.slice(-END)}`)}
        </p>
      </div>
      <CopyButton value={line} label={`Copy ${name}`} />
      <IconButton label={`Remove ${name}`} disabledReason={disabledReason} onClick={onRemove}>
        <Trash2 size={16} aria-hidden />
      </IconButton>
    </li>
  )
}
