import type { Connect, Plugin } from 'vite'

/** What the dashboard learns at run time from the server it is served by: the answer of GET /dashboard.json. */
export type RuntimeSettings = {
  /** the cluster that the header names: a host name, or DEMO */
  brain: string
  /** the host of the auth service, which gives session tokens */
  auth?: string
  /** what the sign-in page of the demo is filled in with */
  demo?: { account: string; username: string; password: string }
}

/**
 * Serves the runtime settings in dev, preview and demo. They are no part of the build, so that the same build serves
 * every cluster and holds nobody's credentials.
 * @param read called when a server starts, never for a build
 */
export function runtimeSettings(read: () => RuntimeSettings): Plugin {
  const install = ({ middlewares }: { middlewares: Connect.Server }) => {
    const body = JSON.stringify(read())
    middlewares.use((request, response, next) => {
      if (request.url?.split('?')[0] !== '/dashboard.json') return next()
      response.setHeader('Content-Type', 'application/json')
      response.setHeader('Cache-Control', 'no-store')
      response.end(body)
    })
  }
  return {
    name: 'runtime-settings',
    apply: 'serve',
    configureServer: install,
    configurePreviewServer: install,
  }
}
