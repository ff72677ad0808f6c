import type { MachineData } from '../api/virtual-machines.ts'
import type { GroupRef } from '../lib/links.ts'
import type { PlannedRequest } from './operation.ts'

/** What an operation is about to send, and what it was decided on. */
export interface Sending {
  ref: GroupRef
  /** The reading before the first request. */
  before: MachineData
  /** The requests to send to a machine that reads thus, in order. */
  requestsFor: (machine: MachineData) => readonly PlannedRequest[]
  /** Why the action cannot be done on a machine that reads thus, or null. */
  disabledReason: (machine: MachineData) => string | null
  /** Where there is another machine: reads it, and says why the action cannot be done with it, or null. Throws an ApiError. */
  otherReason?: (machine: MachineData) => Promise<string | null>
}
