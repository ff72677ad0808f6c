import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import manifest from './package.json' with { type: 'json' }
import { compression } from './tools/compression.ts'
import { firstView } from './tools/first-view.ts'
import { bigvProxy } from './tools/proxy/bigv-proxy.ts'
import { serveDashboard } from './tools/serve-dashboard.ts'

export default defineConfig({
  plugins: [
    react({ jsxImportSource: '#jsx' }), // explained in src/ui/jsx/runtime.ts
    tailwindcss(),
    firstView(),
    compression(),
    bigvProxy(process.env),
    serveDashboard(process.env),
  ],
  build: {
    target: manifest.browserslist.map((browser) => browser.replace(' >= ', '')),
    modulePreload: { polyfill: false }, // all supported browsers preload modules (README.md#browsers)
    license: { fileName: 'licences.txt' },
    manifest: true, // the browser tests look up files in it
  },
})
