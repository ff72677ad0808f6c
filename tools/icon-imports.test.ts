import { expect, test } from 'vitest'
import { directIcons } from './icon-imports.ts'

const files = new Map([
  ['X', 'x'],
  ['History', 'rotate-ccw-clock'],
])

test('each icon is imported from its own file, under the name that the module has for it, on the same line', () => {
  const code = `import { X, History as Past } from 'lucide-react'\nimport { useId } from 'react'\n`
  expect(directIcons(code, files)).toBe(
    `import X from 'lucide-react/icons/x'; import Past from 'lucide-react/icons/rotate-ccw-clock'\nimport { useId } from 'react'\n`,
  )
})

test('lines stay where they were, and types are left out', () => {
  const code = `import {\n  X,\n  type LucideIcon,\n} from 'lucide-react'\nrest()`
  expect(directIcons(code, files)).toBe(`import X from 'lucide-react/icons/x'\n\n\n\nrest()`)
})

test('an icon that the package does not have is named', () => {
  expect(() => directIcons(`import { Nothing } from 'lucide-react'`, files)).toThrow('no icon Nothing')
})
