import * as runtime from 'react/jsx-dev-runtime'
import { readable } from './readable.ts'

export type { JSX } from 'react/jsx-dev-runtime'
export { Fragment } from 'react/jsx-dev-runtime'

/** jsx-runtime.ts, as the development server and the unit tests have it. */
export const jsxDEV: typeof runtime.jsxDEV = (type, props, ...rest) =>
  runtime.jsxDEV(type, readable(type, props as Record<string, unknown>), ...rest)
