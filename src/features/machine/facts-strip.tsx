import type { QueryKey } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { addressesOf, type VirtualMachine } from '../../api/virtual-machines.ts'
import { PollControl } from '../../components/page/freshness.tsx'
import { isIpv4 } from '../../lib/addresses.ts'
import { imageName } from '../../lib/images.ts'
import { countOf, formatMib, formatTotalMib } from '../../lib/units.ts'
import { CopyButton } from '../../ui/code.tsx'
import { Skeleton } from '../../ui/spinner.tsx'

interface Props {
  /** What is known of the machine: rows of a list have no discs and addresses. */
  vm: Partial<VirtualMachine>
  /** True while the machine is being fetched, to show that the missing facts are on their way. */
  loading: boolean
  queryKey: QueryKey | null
}

/** What one looks up first, in one line; on a phone in a grid. The age of the data is at its end. */
export function FactsStrip({ vm, loading, queryKey }: Props) {
  const addresses = vm.network_interfaces ? addressesOf(vm.network_interfaces) : undefined
  const ipv4 = addresses?.find(isIpv4)
  const ipv6 = addresses?.find((each) => !isIpv4(each))
  const image = vm.last_imaged_with
  const missing = loading ? <Skeleton className="w-24" /> : null
  return (
    <div className="mb-1 flex flex-wrap gap-px overflow-hidden rounded-xl border border-line bg-line lg:flex-nowrap">
      <dl className="contents max-sm:grid max-sm:flex-1 max-sm:grid-cols-2 max-sm:gap-px">
        <Fact term="Size" className="lg:shrink-0">
          {vm.cores === undefined || vm.memory === undefined
            ? missing
            : `${countOf(vm.cores, 'core')} · ${formatMib(vm.memory)}`}
        </Fact>
        <Fact term="Disc" className="lg:shrink-0">
          {vm.discs ? discsInWords(vm.discs) : missing}
        </Fact>
        <Fact term="IPv4" className="lg:shrink-0">
          {ipv4 === undefined ? missing : <Address value={ipv4} />}
        </Fact>
        <Fact term="IPv6" className="max-sm:hidden lg:max-w-72">
          {ipv6 === undefined ? missing : <Address value={ipv6} />}
        </Fact>
        <Fact term="Image" note={image && imageName(image).name !== image ? image : undefined}>
          {image ? <Name>{imageName(image).name}</Name> : missing}
        </Fact>
        <Fact term="Location" className="max-sm:hidden">
          {vm.zone_name || vm.head ? <Location zone={vm.zone_name} head={vm.head} /> : missing}
        </Fact>
      </dl>
      <div className="flex flex-1 shrink-0 items-center justify-end bg-surface px-1 max-sm:hidden">
        {queryKey && <PollControl queryKey={queryKey} stacked />}
      </div>
    </div>
  )
}

interface FactProps {
  term: string
  /** BigV's own name, in small print beside the term. */
  note?: string | undefined
  className?: string
  children: ReactNode
}

function Fact({ term, note, className = '', children }: FactProps) {
  return (
    <div className={`min-w-0 bg-surface px-3 py-2 max-lg:flex-auto ${className}`}>
      <dt className="flex items-baseline gap-1.5 text-xs text-muted">
        {term}
        {note !== undefined && (
          <code translate="no" className="min-w-0 truncate text-2xs">
            {note}
          </code>
        )}
      </dt>
      <dd className="flex min-h-6 items-center gap-1 font-medium whitespace-nowrap">
        {children ?? <span className="font-normal text-muted">–</span>}
      </dd>
    </div>
  )
}

function Address({ value }: { value: string }) {
  return (
    <>
      <code className="min-w-0 truncate text-xs font-normal" title={value}>
        {value}
      </code>
      <CopyButton value={value} label={`Copy ${value}`} />
    </>
  )
}

function Name({ children }: { children: string }) {
  return (
    <span translate="no" title={children} className="min-w-0 truncate">
      {children}
    </span>
  )
}

function Location({ zone, head }: Record<'zone' | 'head', string | null | undefined>) {
  return (
    <span className="min-w-0 truncate" translate="no">
      {zone}
      {zone && head && ' · '}
      {head && <code className="text-xs font-normal">{head}</code>}
    </span>
  )
}

interface AnyDisc {
  size: number
  storage_grade?: string | null | undefined
}

/** "25 GiB sata"; of several discs the number and the sum: "3 discs · 75 GiB". */
export function discsInWords(discs: readonly AnyDisc[]): string {
  const [first, ...more] = discs
  if (first === undefined) return 'none'
  if (more.length === 0) return [formatMib(first.size), first.storage_grade].filter(Boolean).join(' ')
  const sum = discs.reduce((total, { size }) => total + size, 0)
  return `${discs.length} discs · ${formatTotalMib(sum)}`
}
