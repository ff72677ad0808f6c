import * as runtime from 'react/jsx-runtime'
import { readable } from './readable.ts'

export type { JSX } from 'react/jsx-runtime'
export { Fragment } from 'react/jsx-runtime'

/** What an element of our code becomes: React's own, with texts that may be seen. */
export const jsx: typeof runtime.jsx = (type, props, key) =>
  runtime.jsx(type, readable(type, props as Record<string, unknown>), key)

// They differ while one develops only, where jsx-dev-runtime.ts is taken.
export { jsx as jsxs }
