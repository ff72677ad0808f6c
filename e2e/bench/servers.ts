import { controlClient, type ControlClient } from '../../simulator/control/client.ts'
import { demoUser } from '../../simulator/fleet/fleet.ts'
import { startSimulator } from '../../simulator/server.ts'
import { startApp } from '../../tools/app-server.ts'

/** The page that is measured, and the page it is compared with. */
export const SITES = ['dashboard', 'by hand'] as const
export type Site = (typeof SITES)[number]

/** A fleet behind both pages: the URLs of their lists, and the control client of its BigV. */
export interface Fleet {
  machines: number
  lists: Record<Site, string>
  bigv: ControlClient
  close(): Promise<void>
}

/** The list of the demo's group, which has the fleet. */
const LIST_PATH = '/accounts/acme/groups/default/virtual_machines'

export const CREDENTIALS = { ...demoUser, otp: '' }

/** Starts a BigV with this many machines and stopped time, and both pages on the same kind of server. */
export async function startFleet(machines: number): Promise<Fleet> {
  const simulator = await startSimulator({ port: 0, machines, speed: 0, control: true })
  const dashboard = await startApp({ bigvUrl: simulator.url })
  const byHand = await startApp({ bigvUrl: simulator.url, outDir: 'e2e/bench/page' })
  return {
    machines,
    lists: { dashboard: dashboard.url + LIST_PATH, 'by hand': byHand.url + LIST_PATH },
    bigv: controlClient(simulator.url),
    close: async () => {
      for (const server of [dashboard, byHand, simulator]) await server.close()
    },
  }
}
