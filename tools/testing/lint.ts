import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ROOT } from '../root.ts'

/** The lines of the code that break one of our own rules ("translation/no-bare-text"), each once. */
export async function errorLines(rule: string, code: string): Promise<number[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lint-'))
  const plugin = path.join(ROOT, 'tools/lint', `${path.basename(rule)}.js`)
  const config = { jsPlugins: [plugin], categories: { correctness: 'off' }, rules: { [rule]: 'error' } }
  await writeFile(path.join(folder, '.oxlintrc.json'), JSON.stringify(config))
  await writeFile(path.join(folder, 'code.tsx'), code)
  const oxlint = path.join(ROOT, 'node_modules/.bin/oxlint')
  const { stdout } = spawnSync(oxlint, ['--format', 'unix', '-c', '.oxlintrc.json', 'code.tsx'], {
    cwd: folder,
    encoding: 'utf8',
  })
  await rm(folder, { recursive: true })
  const found = new Set([...stdout.matchAll(/^code\.tsx:(\d+):/gm)].map(([, line]) => Number(line)))
  return [...found].toSorted((a, b) => a - b)
}

/** The lines that end in `// error`. */
export function markedLines(code: string): number[] {
  return code.split('\n').flatMap((line, at) => (line.endsWith('// error') ? [at + 1] : []))
}
