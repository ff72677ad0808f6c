import type { VirtualMachine } from '../../api/virtual-machines.ts'
import { Elapsed } from '../../components/elapsed.tsx'
import { imageName } from '../../lib/images.ts'
import type { GroupRef } from '../../lib/links.ts'
import { z } from '../../lib/schema.ts'
import { formatWhen } from '../../lib/times.ts'
import { countOf, formatMib } from '../../lib/units.ts'
import type { Operation } from '../../operations/operation.ts'
import { useOperations } from '../../operations/store.ts'
import { Card, DefinitionList, Item } from '../../ui/card.tsx'
import { Silent } from '../../ui/live-region.tsx'
import { discsInWords } from './facts-strip.tsx'

const number = z.optional(z.number())
// Only what the card shows. Bodies come from storage, and from other versions of the dashboard.
const bundle = z.lazy(() =>
  z.looseObject({
    cores: number,
    memory: number,
    virtual_machine: z.optional(z.looseObject({ cores: number, memory: number })),
    discs: z.optional(
      z.array(z.looseObject({ size: z.number(), storage_grade: z.optional(z.nullable(z.string())) })),
    ),
    reimage: z.optional(z.looseObject({ distribution: z.optional(z.string()) })),
  }),
)

/** What is known about a creation, in words; null where nothing is. */
interface Creation {
  size: string | null
  discs: string | null
  image: string | null
  request: string | null
}

/** What the request that creates a machine says, and what BigV shows of the machine so far. */
export function creationOf(operation: Operation | undefined, vm: Partial<VirtualMachine> = {}): Creation {
  const step = operation?.steps.at(-1)
  const body = bundle.safeParse(step?.body).data
  const { cores = body?.cores, memory = body?.memory } = body?.virtual_machine ?? vm
  const discs = body?.discs ?? vm.discs
  const image = body?.reimage?.distribution ?? vm.last_imaged_with
  return {
    size:
      cores === undefined || memory === undefined ? null : `${countOf(cores, 'core')} · ${formatMib(memory)}`,
    discs: discs ? discsInWords(discs) : null,
    image: image ? imageName(image).name : null,
    request: step ? `${step.method} ${step.path}` : null,
  }
}

/** The operation of this browser that creates the machine, if there is one. */
export function useCreation({ account, group }: GroupRef, name: string): Operation | undefined {
  return useOperations().findLast(
    ({ action, target }) =>
      action === 'create' && target.name === name && target.group === group && target.account === account,
  )
}

interface Props {
  operation: Operation | undefined
  vm?: Partial<VirtualMachine>
  /** True once BigV lists the machine. */
  listed: boolean
}

/** What is known about the creation of a machine, while it lasts. */
export function CreationCard({ operation, vm, listed }: Props) {
  const { size, discs, image, request } = creationOf(operation, vm)
  return (
    <Card title="Being created" className="mb-4">
      <DefinitionList>
        {operation && (
          <Item term="Requested">
            {formatWhen(operation.begunAt)}{' '}
            <span className="text-muted">
              <Silent>
                (<Elapsed since={operation.begunAt} />)
              </Silent>
            </span>
          </Item>
        )}
        {size && <Item term="Size">{size}</Item>}
        {discs && <Item term="Discs">{discs}</Item>}
        {image && (
          <Item term="Image" translate="no">
            {image}
          </Item>
        )}
        {request && (
          <Item term="Request">
            <code className="text-xs">{request}</code>
          </Item>
        )}
        <Item term="Progress">
          {listed
            ? 'BigV lists the machine, and is still creating it.'
            : 'BigV has accepted the machine but doesn’t list it yet.'}{' '}
          This page keeps checking.
        </Item>
      </DefinitionList>
    </Card>
  )
}
