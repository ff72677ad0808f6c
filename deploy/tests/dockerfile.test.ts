import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../../tools/root.ts'
import { SIGNALS } from '../testing/web-server.ts'

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')

/** Its instructions, each on one line: the first word, and the rest. */
const instructions = read('deploy/Dockerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter(Boolean)
  .map((line) => ({ word: line.split(' ')[0] ?? '', rest: line.slice(line.indexOf(' ') + 1) }))
const all = (word: string) => instructions.filter((one) => one.word === word).map(({ rest }) => rest)
/** What is copied from the repository, into either stage. */
const copied = all('COPY')
  .filter((rest) => !rest.startsWith('--from='))
  .flatMap((rest) => rest.split(' ').slice(0, -1))

test('it builds in one stage and serves from another, as somebody without rights, and tells whether it is well', () => {
  expect(all('FROM')).toEqual(['${NODE} AS build', '${DEBIAN}'])
  expect(all('COPY').filter((rest) => rest.startsWith('--from='))).toEqual([
    '--from=build /build/dist /srv/dashboard',
  ])
  expect(all('USER')).toEqual(['33:33'])
  const words = instructions.map(({ word }) => word)
  for (const word of ['RUN', 'COPY', 'ADD'])
    expect(words.lastIndexOf(word)).toBeLessThan(words.indexOf('USER'))
  expect(all('HEALTHCHECK').join('\n')).toContain('/healthz')
  expect(all('VOLUME')).toEqual(['/run/bigv'])
  expect(all('ENTRYPOINT')).toEqual(['["sh", "/opt/bigv/nginx/start.sh"]'])
  expect(all('STOPSIGNAL')).toEqual([SIGNALS.nginx.stop])
})

test('it copies what there is, by name, and nothing else is sent to be built', () => {
  for (const file of copied) expect(existsSync(path.join(ROOT, file)), file).toBe(true)
  expect(copied).not.toContain('.')
  const [first, ...rest] = read('.dockerignore')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
  expect(first).toBe('*')
  const sent = rest.filter((line) => line.startsWith('!')).map((line) => line.slice(1))
  expect(sent.toSorted()).toEqual(copied.toSorted())
})

test('the server has all that its start script needs', () => {
  const [, serving = ''] = read('deploy/Dockerfile').split('FROM ${DEBIAN}')
  for (const file of ['deploy/settings.sh', 'deploy/nginx/start.sh', 'deploy/nginx/nginx.conf.template'])
    expect(serving).toContain(file)
})

test('no secret is in it: no setting is given a value but the bases', () => {
  expect(all('ENV')).toEqual([])
  for (const argument of all('ARG')) expect(argument).toMatch(/^(?:NODE|DEBIAN)=docker\.io\/library\/\S+$/)
  const folders = copied.filter((file) => statSync(path.join(ROOT, file)).isDirectory())
  expect(folders.toSorted()).toEqual(['public', 'src', 'tools'])
})
