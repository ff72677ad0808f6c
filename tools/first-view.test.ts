import { describe, expect, test } from 'vitest'
import { loadedFiles, strayModules } from './first-view.ts'

const HTML = `
  <script src="/theme.js"></script>
  <script type="module" crossorigin src="/assets/index.js"></script>
  <link rel="stylesheet" crossorigin href="/assets/index.css">
  <link rel="icon" href="/favicon.svg" />`

const MANIFEST = {
  'index.html': {
    file: 'assets/index.js',
    isEntry: true,
    css: ['assets/index.css'],
    imports: ['_shared.js'],
    dynamicImports: ['src/features/list/page.tsx', 'src/features/vm/page.tsx'],
  },
  '_shared.js': { file: 'assets/shared.js', imports: ['index.html'] },
  '_table.js': { file: 'assets/table.js', css: ['assets/table.css'] },
  'src/features/list/page.tsx': { file: 'assets/list.js', imports: ['index.html', '_table.js'] },
  'src/features/vm/page.tsx': { file: 'assets/vm.js', imports: ['index.html'], css: ['assets/vm.css'] },
}

describe('the first view', () => {
  test('is what the page names and the modules import, and no page beside them', () => {
    const { scripts, styles } = loadedFiles(HTML, MANIFEST, ['index.html', 'src/features/list/page.tsx'])
    expect([...scripts].toSorted()).toEqual([
      'assets/index.js',
      'assets/list.js',
      'assets/shared.js',
      'assets/table.js',
      'theme.js',
    ])
    expect([...styles].toSorted()).toEqual(['assets/index.css', 'assets/table.css'])
  })

  test('must have every module that is named', () => {
    expect(() => loadedFiles(HTML, MANIFEST, ['src/features/gone/page.tsx'])).toThrow(
      'no file for src/features/gone/page.tsx',
    )
  })

  const list = {
    'assets/index.js': ['src/main.tsx', 'src/features/vm/page.tsx', 'src/features/list/row.tsx'],
    'assets/list.js': ['src/features/list/page.tsx', 'src/features/vm-list/page.tsx'],
    'assets/wizard.js': ['src/features/wizard/page.tsx'],
  }
  const loaded = new Set(['assets/index.js', 'assets/list.js', 'theme.js'])

  test('has no page that was pulled into one of its files', () => {
    expect(strayModules(loaded, list, ['src/features/vm/', 'src/features/wizard/'])).toEqual([
      'src/features/vm/page.tsx',
    ])
  })

  test('a page that the build does not know is no page that is absent', () => {
    expect(() => strayModules(loaded, list, ['src/routes/vm/'])).toThrow('no module in src/routes/vm/')
  })
})
