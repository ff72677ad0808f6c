import { listOf, z } from './schema.ts'

const maybe = <T>(schema: z.ZodMiniType<T>) => z.optional(z.nullable(schema))

/** A disc; sizes in MiB (API reference, "Contradictions": not bytes). */
export const discSchema = z.looseObject({
  id: z.number(),
  label: z.string(),
  size: z.number(),
  storage_grade: maybe(z.string()),
  storage_pool: maybe(z.string()),
})

/** A network interface; `ips` has the IPv4 address first, then the IPv6. */
const nicSchema = z.looseObject({
  id: z.number(),
  label: maybe(z.string()),
  ips: maybe(listOf(z.string())),
  vlan_num: maybe(z.number()),
  mac: maybe(z.string()),
  extra_ips: maybe(z.record(z.string(), z.string())),
})

/** A machine as BigV describes it; memory in MiB. An overview need not have everything that the single resource has. */
export const virtualMachineSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  power_on: z.boolean(),
  autoreboot_on: z.boolean(),
  cores: z.number(),
  memory: z.number(),
  deleted: maybe(z.boolean()),
  group_id: maybe(z.number()),
  hostname: maybe(z.string()),
  management_address: maybe(z.string()),
  head: maybe(z.string()),
  hardware_profile: maybe(z.string()),
  hardware_profile_locked: maybe(z.boolean()),
  keymap: maybe(z.string()),
  cdrom_url: maybe(z.string()),
  zone_name: maybe(z.string()),
  last_imaged_with: maybe(z.string()),
  discs: maybe(listOf(discSchema)),
  network_interfaces: maybe(listOf(nicSchema)),
})

/** The single machine may come as an object, or as an array of one (the seed document's example). */
export const singleVirtualMachineSchema = z.pipe(
  // Not a union of both: that would only say that neither fits, and not name what is missing.
  z.transform((answer: unknown): unknown =>
    Array.isArray(answer) && answer.length === 1 ? answer[0] : answer,
  ),
  virtualMachineSchema,
)

export type VirtualMachine = z.infer<typeof virtualMachineSchema>
export type Disc = z.infer<typeof discSchema>
export type Nic = z.infer<typeof nicSchema>

/** Takes NICs and returns all their addresses in BigV's order: each NIC's IPv4, then its IPv6. */
export function addressesOf(nics: readonly Nic[] | null | undefined): string[] {
  return (nics ?? []).flatMap((nic) => nic.ips ?? [])
}
