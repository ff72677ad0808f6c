import { createStore } from '../lib/store.ts'
import { z } from './schema.ts'

const settingsSchema = z.object({
  brain: z.string(),
  auth: z.optional(z.string()),
  demo: z.optional(z.object({ account: z.string(), username: z.string(), password: z.string() })),
})

/** What the server that the dashboard came from tells of itself: the cluster it reaches, the auth service, and the demo's credentials. */
export type BrainSettings = z.infer<typeof settingsSchema>

const store = createStore<BrainSettings | null>(null)

/** The settings, or null while they are not known (the server may not tell any). */
export const brainSettings = store.get

/** The same, followed by the component that calls this. */
export const useBrainSettings = store.use

/** Asks for the settings, once, at the start. A server that has none leaves them unknown. */
export async function loadBrainSettings(): Promise<void> {
  try {
    const response = await fetch('/dashboard.json', {
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(20_000),
    })
    const settings = settingsSchema.safeParse(await response.json())
    if (settings.success) store.set(settings.data)
  } catch {
    // A plain file server answers with its page, or not at all: then the header names no cluster.
  }
}
