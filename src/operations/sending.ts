import type { MachineReading } from '../api/virtual-machines.ts'
import type { GroupRef } from '../lib/links.ts'
import type { PlannedRequest } from './operation.ts'

/** What an operation is about to send, and what it was decided on. */
export interface Sending {
  ref: GroupRef
  /** The reading before the first request. */
  before: MachineReading
  /** The requests to send to a machine that reads thus, in order. */
  requestsFor: (reading: MachineReading) => readonly PlannedRequest[]
  /** Why the action cannot be done on a machine that reads thus, or null. */
  refusal: (reading: MachineReading) => string | null
  /** Where there is another machine: reads it, and says why the action cannot be done with it, or null. Throws an ApiError. */
  otherRefusal?: (reading: MachineReading) => Promise<string | null>
}
