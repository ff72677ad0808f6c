import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { findContainers } from '../testing/containers.ts'

/** Puts only these commands on the PATH, each a shell script. */
function onlyOnPath(scripts: Record<string, string>) {
  const folder = mkdtempSync(path.join(tmpdir(), 'bigv-path-'))
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`)
    chmodSync(path.join(folder, name), 0o755)
  }
  vi.stubEnv('PATH', folder)
}
afterEach(() => void vi.unstubAllEnvs())

const ABSENT = { docker: 'docker: spawn docker ENOENT', podman: 'podman: spawn podman ENOENT' }
const NO_DAEMON = 'echo Client: 28; echo "Cannot connect to the daemon." >&2; exit 1'
const NO_REGISTRY = `case $1 in
  info) exit 0 ;;
  pull) echo Trying; echo "lookup docker.io: no such host" >&2; exit 1 ;;
  *) exit 1 ;;
esac`

const BASES_ARE_HERE = `case "$1 $2" in
  info*|"image inspect"|stop*) echo "podman $*" ;;
  *) exit 1 ;;
esac`

test.each([
  ['docker and podman are missing', {}, `${ABSENT.docker}; ${ABSENT.podman}`],
  ['docker has no daemon', { docker: NO_DAEMON }, `docker: Cannot connect to the daemon.; ${ABSENT.podman}`],
  [
    'no registry can be reached',
    { docker: NO_REGISTRY },
    `docker: docker.io/library/node:22-bookworm-slim is not here and could not be pulled (lookup docker.io: no such host); ${ABSENT.podman}`,
  ],
])('findContainers says what is missing if %s', async (_, scripts, missing) => {
  onlyOnPath(scripts)
  expect(await findContainers()).toBe(missing)
})

test("findContainers uses podman if docker fails, and doesn't pull images that exist locally", async () => {
  onlyOnPath({ docker: NO_DAEMON, podman: BASES_ARE_HERE })
  const containers = await findContainers()
  if (typeof containers === 'string') throw new Error(containers)
  expect(containers.bases).toEqual([])
  expect(await containers.run(['stop', 'x'])).toEqual({ status: 0, output: 'podman stop x\n' })
})

test('findContainers uses locally built base images if no registry can be reached', async () => {
  const madeHere = `case "$1 $3" in
    "image localhost/bigv-base-"*) exit 0 ;;
    "info "*) exit 0 ;;
    *) exit 1 ;;
  esac`
  onlyOnPath({ podman: madeHere })
  expect(await findContainers()).toMatchObject({
    bases: [
      '--build-arg',
      'NODE=localhost/bigv-base-node',
      '--build-arg',
      'DEBIAN=localhost/bigv-base-debian',
    ],
  })
})
