/**
 * What the first view needs goes into a few chunks instead of dozens that are shared by every pair of pages: a request
 * costs more than a kilobyte that a page does not use. What only dialogs and forms need stays out of them.
 */
export const chunkGroups = [
  {
    name: 'vendor',
    test: /node_modules\/(?:react|react-dom|scheduler|react-router|@tanstack|ky|zod)\/|lucide-react\/dist\/esm\/(?!icons)|preload-helper/,
  },
  { name: 'app', test: /\/src\/(?:api|session|operations|lib)\// },
  { name: 'pieces', test: /\/src\/(?:ui\/(?!dialog)|components\/)/, minShareCount: 3 },
]
