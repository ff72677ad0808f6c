import { jsonText, listText, typed, type Answer, type Route } from '../http/app.ts'
import { findMachine, findPart, type Call } from '../http/find.ts'
import type { Id, Machine, PartName, Parts, Records } from '../state/records.ts'
import type { Store } from '../state/store.ts'
import { discs } from './discs.ts'
import { nics } from './network.ts'

/** A path's handlers for methods other than GET. */
type Writes = Omit<Route, 'path' | 'GET'>

type Row<T> = {
  /** The name of the list in a machine's overview, and the type of the parts there. */
  overview: { list: string; type: string }
  /** The JSON text of one part. */
  text: (store: Store, record: T) => string
  /** The handlers of writes below a machine: `all` to `NAME`, and `one` to `NAME/ID`. */
  all: Writes
  one: Writes
  /** The handlers of writes to `/NAME/ID`. By default, they are the same as below a machine. */
  short?: Writes
}

/** The parts of machines, by table, in the order of the overview. The table's name is used in the paths. */
export const parts: { [Name in PartName]: Row<Records[Name]> } = { discs, nics }

export const partNames = Object.keys(parts) as PartName[]

const textOf = <Name extends PartName>(store: Store, name: Name, part: Records[Name]): string =>
  parts[name].text(store, part)

/** The JSON texts of a machine's parts of one kind. */
export const partTexts = (store: Store, name: PartName, machine: Machine): string[] =>
  store[name].by('machine', machine.id).map((part) => textOf(store, name, part))

/** The JSON text of a machine's parts, as its overview contains them. */
export const partsText = (store: Store, machine: Machine): string =>
  partNames
    .map((name) => {
      const { list, type } = parts[name].overview
      return `"${list}":${listText(partTexts(store, name, machine).map((text) => typed(type, text)))}`
    })
    .join()

/** The records of a machine's parts. */
export const partsOf = (store: Store, machineId: Id): Parts =>
  Object.fromEntries(partNames.map((name) => [name, store[name].by('machine', machineId)])) as Parts

/** GET .../NAME. Also for a deleted machine, whose parts cannot be changed. */
export const listParts =
  (name: PartName) =>
  (call: Call): Answer =>
    jsonText(200, listText(partTexts(call.bigv.store, name, findMachine(call).machine)))

/** GET .../NAME/ID, and /NAME/ID */
export const showPart =
  (name: PartName) =>
  (call: Call): Answer =>
    jsonText(200, textOf(call.bigv.store, name, findPart(call, name).part))
