import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { chunkOf } from './first-view.ts'
import { ROOT } from './root.ts'

const src = (module: string) => path.join(ROOT, 'src', module).replaceAll('\\', '/')

/** A module graph with these imports. */
function graphOf(imports: Record<string, string[]>) {
  return { getModuleInfo: (id: string) => ({ importedIds: imports[id] ?? [] }) }
}

describe('chunkOf', () => {
  const graph = graphOf({
    [src('main.tsx')]: [src('lib/store.ts')],
    [src('app/app.tsx')]: ['/r/node_modules/react/index.js', src('features/machines/group-page.tsx')],
    [src('features/machines/group-page.tsx')]: [src('ui/button.tsx')],
    [src('features/sign-in/page.tsx')]: [src('ui/fields/text-field.tsx'), src('ui/button.tsx')],
    [src('ui/toast-items.tsx')]: [src('ui/code.tsx')],
  })

  test.each([
    ['lib/store.ts', 'start'],
    ['features/machines/group-page.tsx', 'app'],
    ['ui/button.tsx', 'app'],
    ['ui/fields/text-field.tsx', 'fields'],
    ['ui/code.tsx', 'lazy'],
    ['app/app.tsx', null],
    ['features/machine/page.tsx', null],
  ])('puts %s into the chunk %s', (module, chunk) => {
    expect(chunkOf(src(module), graph)).toBe(chunk)
  })

  test('puts packages into the chunk vendor', () => {
    expect(chunkOf('/r/node_modules/react/index.js', graph)).toBe('vendor')
  })

  test('stops the build if the first view imports a page’s module statically', () => {
    const stray = src('features/machine/overview.tsx')
    const withStray = graphOf({ [src('app/app.tsx')]: [stray] })
    expect(() => chunkOf(stray, withStray)).toThrow('is part of a page, but the first view imports it')
  })
})
