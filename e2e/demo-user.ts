import type { NewAccount } from '../simulator/control/client.ts'
import { demoUser } from '../simulator/fleet/fleet.ts'

/** Who looks at the demo's fleet, as the steps take an account; what is in it is asked of BigV. */
export const DEMO: NewAccount = { ...demoUser, otp: null, id: 0, groups: [], machines: [] }
