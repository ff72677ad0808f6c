import type { HtmlTagDescriptor, Plugin } from 'vite'

const APP = '/src/app/app.tsx'

/**
 * Names the files of the app in the page. main.tsx imports them dynamically; named here, they are requested together with it instead of
 * after it.
 */
export function preloadFirstView(): Plugin {
  return {
    name: 'preload-first-view',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
        const app = chunks.find(({ facadeModuleId }) => facadeModuleId?.replaceAll('\\', '/').endsWith(APP))
        if (!app) throw new Error(`The build has no file for ${APP}.`)
        const files = new Set([app.fileName])
        // A set that grows is walked to its end.
        for (const file of files) {
          for (const imported of chunks.find(({ fileName }) => fileName === file)?.imports ?? [])
            files.add(imported)
        }
        return [...files]
          .filter((file) => !html.includes(`"/${file}"`))
          .map((file): HtmlTagDescriptor => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
            injectTo: 'head',
          }))
      },
    },
  }
}
