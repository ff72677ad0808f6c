import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../../tools/root.ts'
import { SIGNALS } from '../testing/web-server.ts'

// Checks without building the image. e2e/long/image.spec.ts builds and runs it.

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')
const dockerfile = read('deploy/Dockerfile')

test('the Dockerfile copies only files that exist, and .dockerignore admits no others', () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--from=)(.*) \S+$/gm)].flatMap(([, files = '']) =>
    files.split(' '),
  )
  expect(copied.length).toBeGreaterThan(5)
  for (const file of copied) expect(existsSync(path.join(ROOT, file)), file).toBe(true)
  expect(copied).not.toContain('.')
  const [first, ...rest] = read('.dockerignore')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
  expect(first).toBe('*')
  const sent = rest.filter((line) => line.startsWith('!')).map((line) => line.slice(1))
  expect(sent.toSorted()).toEqual(copied.toSorted())
})

test('the image stops nginx with the signal that lets running writes finish', () => {
  expect(/^STOPSIGNAL (.*)$/m.exec(dockerfile)?.[1]).toBe(SIGNALS.nginx.stop)
})
