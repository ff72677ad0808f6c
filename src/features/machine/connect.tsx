import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { userQueries } from '../../api/users.ts'
import { addressesOf, type VirtualMachine } from '../../api/virtual-machines.ts'
import { isIpv4, isIpv6 } from '../../lib/addresses.ts'
import { links } from '../../lib/links.ts'
import { isWindows } from '../../lib/machine-specs.ts'
import { keyLines } from '../../lib/ssh-keys.ts'
import { shellQuote } from '../../lib/text.ts'
import { countOf } from '../../lib/units.ts'
import { useSession } from '../../session/session.ts'
import { Card, DefinitionList } from '../../ui/card.tsx'
import { CopyButton } from '../../ui/code.tsx'

/** The ways into the machine: over the network, and over BigV's console, which works even if the guest doesn't respond. */
export function Connect({ vm }: { vm: VirtualMachine }) {
  const { credentials } = useSession()
  const username = credentials?.username ?? 'USER'
  const addresses = addressesOf(vm.network_interfaces)
  const address = addresses.find(isIpv4) ?? addresses[0]
  const console = vm.management_address
  return (
    <Card title="Connect">
      <DefinitionList>
        {address && !isWindows(vm.last_imaged_with ?? '') && (
          <Row term="SSH">
            <Line code={`ssh ${shellQuote(`root@${address}`)}`} label="Copy the ssh command" />
          </Row>
        )}
        {vm.hostname && (
          <Row term="Host name">
            <Line code={vm.hostname} label="Copy hostname" />
          </Row>
        )}
        <Row term="Console">
          {console ? (
            <>
              <Line
                code={`ssh ${shellQuote(`${username}@${console}`)}`}
                label="Copy the console’s ssh command"
              />
              <Small>Works even if the machine doesn’t respond or you’re locked out.</Small>
            </>
          ) : (
            <span className="text-muted">BigV doesn’t list a management address for this machine.</span>
          )}
        </Row>
        {console && (
          <Row term="Screen (VNC)">
            <Line
              code={`ssh -L 9999:${inUrl(console)}:5900 ${shellQuote(`${username}@${console}`)}`}
              label="Copy the tunnel’s ssh command"
            />
            <Line code="vnc://localhost:9999" label="Copy the VNC address" />
          </Row>
        )}
        {console && credentials && (
          <Row term="Your SSH key">
            <OwnKey username={credentials.username} />
          </Row>
        )}
      </DefinitionList>
    </Card>
  )
}

const KEYS_FRESH_MS = 10 * 60_000

/** Whether the user's key is on BigV, so that the console lets them in without a password. */
function OwnKey({ username }: { username: string }) {
  const user = useQuery({ ...userQueries.one(username), staleTime: KEYS_FRESH_MS, retry: false })
  if (user.isPending) return <span className="text-muted">…</span>
  if (user.isError) return <span className="text-muted">Unknown: your user didn’t load.</span>
  const count = keyLines(user.data.authorized_keys).length
  return (
    <>
      {count === 0 ? 'None on BigV' : `${countOf(count, 'key')} on BigV, for the console`}{' '}
      <Link to={links.keys()} className="text-xs text-accent hover:underline">
        {count === 0 ? 'Add one' : 'Show'}
      </Link>
    </>
  )
}

/** The value below the term on a narrow card: commands are long. */
function Row({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 px-3.5 py-1.5 @md:grid-cols-[8rem_minmax(0,1fr)]">
      <dt className="py-0.5 text-muted max-sm:text-xs">{term}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  )
}

function Line({ code, label }: { code: string; label: string }) {
  return (
    <span className="flex items-center justify-between gap-2 sm:justify-start">
      <code className="min-w-0 py-0.5 text-xs">{code}</code>
      <CopyButton value={code} label={label} />
    </span>
  )
}

function Small({ children }: { children: ReactNode }) {
  return <span className="block text-xs text-muted">{children}</span>
}

/** An address in front of a port: IPv6 takes brackets. */
function inUrl(address: string): string {
  return isIpv6(address) ? `[${address}]` : shellQuote(address)
}
