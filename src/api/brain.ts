import { createStore } from '../lib/store.ts'
import { z } from './schema.ts'

const settingsSchema = z.object({
  brain: z.string(),
  url: z.optional(z.string()),
  auth: z.optional(z.string()),
  demo: z.optional(z.object({ account: z.string(), username: z.string(), password: z.string() })),
})

/**
 * Settings from the server that delivers the dashboard: the cluster's name, BigV's URL (BIGV_URL, without a slash at the end), the auth
 * service, the demo's credentials.
 */
export type BrainSettings = z.infer<typeof settingsSchema>

const store = createStore<BrainSettings | null>(null)

/** The settings; null until they are fetched, and if the server has none. */
export const brainSettings = store.get

export const useBrainSettings = store.use

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
    // A plain file server answers with its own page or an error. The header then shows no cluster name.
  }
}
