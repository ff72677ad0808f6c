import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { readAuthUrl, readBigvUrl } from './tools/bigv-url.ts'
import { brokenAddresses } from './tools/broken-addresses.ts'
import { buildStamp } from './tools/build-stamp.ts'
import { chunkGroups, chunkName } from './tools/chunk-groups.ts'
import { iconImports } from './tools/icon-imports.ts'
import { licences } from './tools/licences.ts'
import { missingLater } from './tools/missing-later.ts'
import { moduleList } from './tools/module-list.ts'
import { packBuild } from './tools/pack.ts'
import { preloadFirstView } from './tools/preload-first-view.ts'
import { bigvProxy } from './tools/proxy/plugin.ts'
import { readProxyTable } from './tools/proxy/table.ts'
import { requireBuild } from './tools/require-build.ts'
import { runtimeSettings } from './tools/runtime-settings.ts'
import { securityHeaders } from './tools/security-headers.ts'

export default defineConfig({
  plugins: [
    iconImports(),
    react({ jsxImportSource: '#jsx' }),
    tailwindcss(),
    buildStamp(),
    moduleList(),
    licences(),
    packBuild(),
    preloadFirstView(),
    requireBuild(),
    brokenAddresses(),
    bigvProxy({ table: () => readProxyTable(process.env) }),
    runtimeSettings(() => ({
      brain: readBigvUrl(process.env).host,
      auth: readAuthUrl(process.env).host,
    })),
    securityHeaders(),
  ],
  build: {
    target: 'es2023',
    modulePreload: {
      polyfill: false, // the browsers that we are made for have it
      resolveDependencies: missingLater,
    },
    manifest: true, // in dist/.vite: the byte budget is computed from it
    rolldownOptions: {
      output: {
        codeSplitting: { groups: chunkGroups, includeDependenciesRecursively: false },
        // The first view names every chunk that may follow, and nothing presses a hash: 42 bits of it tell versions apart.
        chunkFileNames: (chunk) => `assets/${chunkName(chunk)}-[hash:7].js`,
      },
    },
  },
})
