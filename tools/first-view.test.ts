import { describe, expect, test } from 'vitest'
import { loadedFiles, strayPages } from './first-view.ts'

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
    dynamicImports: ['src/routes/list.tsx', 'src/routes/vm.tsx'],
  },
  '_shared.js': { file: 'assets/shared.js', imports: ['index.html'] },
  '_table.js': { file: 'assets/table.js', css: ['assets/table.css'] },
  'src/routes/list.tsx': { file: 'assets/list.js', imports: ['index.html', '_table.js'] },
  'src/routes/vm.tsx': { file: 'assets/vm.js', imports: ['index.html'], css: ['assets/vm.css'] },
}

describe('the first view', () => {
  test('is what the page names and the modules import, and no page beside them', () => {
    const { scripts, styles } = loadedFiles(HTML, MANIFEST, ['index.html', 'src/routes/list.tsx'])
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
    expect(() => loadedFiles(HTML, MANIFEST, ['src/routes/gone.tsx'])).toThrow(
      'no file for src/routes/gone.tsx',
    )
  })

  test('has no page that was pulled into one of its files', () => {
    const list = {
      'assets/index.js': ['src/main.tsx', 'src/routes/vm.tsx', 'src/routes/list/row.tsx'],
      'assets/list.js': ['src/routes/list.tsx', 'src/routes/list-settings.tsx'],
      'assets/vm.js': ['src/routes/wizard.tsx'],
    }
    const loaded = new Set(['assets/index.js', 'assets/list.js', 'theme.js'])
    expect(strayPages(loaded, list, ['src/routes/list.tsx'])).toEqual([
      'src/routes/vm.tsx',
      'src/routes/list-settings.tsx',
    ])
  })
})
