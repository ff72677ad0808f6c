import { useQuery } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { ipQueries } from '../../../api/ips.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/code.tsx'
import { Tag } from '../../../ui/tag.tsx'

interface Props {
  address: string
  kind: 'IPv4' | 'IPv6' | 'additional'
  /** Of an additional address: where BigV routes it to. */
  routedTo?: string
  /** Why reverse DNS cannot be changed now. */
  disabledReason: string | null
  onEdit: (address: string, now: string | null) => void
}

/** One address and the name that reverse DNS gives it, which BigV tells for each address by itself. */
export function NicAddress({ address, kind, routedTo, disabledReason, onEdit }: Props) {
  const ip = useQuery(ipQueries.one(address))
  const now = ip.data?.rdns ?? null
  const unread = ip.isPending || ip.isError ? 'Its reverse DNS has to be read first.' : null
  return (
    <li className="grid items-center gap-x-6 gap-y-1 py-2 pr-2 pl-3.5 sm:grid-cols-2">
      <div className="min-w-0">
        <code className="text-xs font-semibold wrap-anywhere">{address}</code>{' '}
        <CopyButton value={address} label={`Copy ${address}`} /> <Tag>{kind}</Tag>
        {routedTo !== undefined && (
          <p className="text-xs text-muted">
            routed to <code className="wrap-anywhere">{routedTo}</code>
          </p>
        )}
      </div>
      <div className="flex min-w-0 items-center gap-2">
        <div className="min-w-0 flex-1 wrap-anywhere">
          <span className="block text-xs text-muted">Reverse DNS</span>
          {ip.isPending && <span className="text-muted">reading…</span>}
          {ip.isError && (
            <span role="alert" className="text-danger">
              {ip.error.message}
            </span>
          )}
          {ip.isSuccess &&
            (now ? <code className="text-xs">{now}</code> : <span className="text-muted">none</span>)}
        </div>
        {ip.isError ? (
          <Button size="small" pending={ip.isFetching} onClick={() => void ip.refetch()}>
            Try again
          </Button>
        ) : (
          <IconButton
            size="small"
            label={`Change reverse DNS of ${address}`}
            disabledReason={disabledReason ?? unread}
            onClick={() => onEdit(address, now)}
          >
            <Pencil size={15} aria-hidden />
          </IconButton>
        )}
      </div>
    </li>
  )
}
