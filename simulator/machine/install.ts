import { words } from '../rules/words.ts'
import type { Image, Machine } from '../state/records.ts'
import type { Store } from '../state/store.ts'
import { withInside } from './power.ts'

/**
 * Puts a system on a machine's first disc, erasing that one only [client]; the machine stays off. The distribution
 * `none` leaves everything as it is [terraform]. Returns the machine.
 */
export const installed = (store: Store, machine: Machine, image: Image): Machine => {
  if (image.distribution === words.noSystem.value) return machine
  const [first] = store.discs.by('machine', machine.id)
  if (!first) return machine
  store.discs.put({ ...first, contents: image.distribution })
  return withInside({ ...machine, last_imaged_with: image.distribution }, { installed: image })
}
