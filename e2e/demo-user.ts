import type { NewAccount } from '../simulator/control/client.ts'
import { demoUser } from '../simulator/fleet/fleet.ts'

/** The demo's user, in the form the steps take. Its machines aren't listed: ask BigV for them. */
export const DEMO: NewAccount = { ...demoUser, otp: null, id: 0, groups: [], machines: [] }
