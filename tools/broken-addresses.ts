import type { Connect, Plugin } from 'vite'

/**
 * Serves the dashboard at addresses with broken percent signs, too, where Vite would answer with an empty page: the dashboard
 * says that there is nothing. Leaves BigV's paths as they are.
 */
export function brokenAddresses(): Plugin {
  return {
    name: 'broken-addresses',
    configureServer: ({ middlewares }) => void middlewares.use(toTheDashboard),
    configurePreviewServer: ({ middlewares }) => void middlewares.use(toTheDashboard),
  }
}

const toTheDashboard: Connect.NextHandleFunction = (request, _response, next) => {
  const [path = '/'] = (request.url ?? '/').split('?')
  if (!/^\/(?:api|auth)\//.test(path) && isBroken(path)) request.url = '/'
  next()
}

function isBroken(path: string): boolean {
  try {
    decodeURI(path)
    return false
  } catch {
    return true
  }
}
