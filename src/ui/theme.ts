import { persisted } from '../lib/persisted.ts'
import { z } from '../lib/schema.ts'
import { createStore } from '../lib/store.ts'

export type Theme = 'system' | 'light' | 'dark'

// public/theme.js reads the same record before the first paint.
const theme = persisted(createStore<Theme>('system'), {
  key: 'bigv-theme',
  where: 'browser',
  schema: z.enum(['light', 'dark']),
  save: (chosen) => (chosen === 'system' ? undefined : chosen),
})

theme.subscribe((chosen) => {
  if (chosen === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = chosen
})

export const setTheme = theme.set
export const useTheme = theme.use
