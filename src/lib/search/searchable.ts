/**
 * The searchable data of a machine. The matcher keeps the machine's searchable text in this object, so reuse the object while the machine
 * is unchanged.
 */
export interface Searchable {
  id: number
  name: string
  hostname: string | null
  /** All of its addresses, separated by spaces. */
  addresses: string
  /** The MAC addresses of its NICs, separated by spaces. */
  macs: string
  /** The machine's states for `is:`, such as "running", or "changing" and "starting". */
  states: readonly string[]
  group: string | null
  cores: number
  /** In MiB. */
  memory: number
  /** Each disc's size in MiB, and its grade. */
  discs: readonly { size: number; grade: string | null }[]
  /** Further texts of its page, such as its discs' labels, separated by line breaks. */
  labels: string
  /** The URL of its CD, without user and password. */
  cd: string | null
  /** The head where a machine that is off was last seen, or "unknown"; null for other machines. */
  lastHead?: string | null
  /** Other attributes, under BigV's names. */
  attributes: Readonly<Record<string, unknown>>
  /** Set by the matcher. */
  searchText?: SearchText
}

/** A machine's searchable text in lower case, one text per line. */
export interface SearchText {
  /** The text that hardly any other machine has. */
  own: string
  /** The text that many machines have. It is the same string for all of them. */
  shared: string
  /** Addresses with colons, in which "db" isn't searched: it would match all of 2001:db8::/32. */
  coloned: string
}
