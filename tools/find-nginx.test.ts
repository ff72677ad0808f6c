import { expect, test } from 'vitest'
import { findNginx } from './find-nginx.ts'

/** A machine on which apt-get installs these programs. */
function machine(programs: string[], given: { isRoot?: boolean; wanted?: string; installs?: string[] } = {}) {
  const { isRoot = true, wanted, installs = [] } = given
  const present = new Set(programs)
  const installers: string[] = []
  const probes = {
    isRoot,
    isDebian: true,
    wanted,
    onPath: (command: string) => [`/usr/sbin/${command}`].find((file) => present.has(file)),
    aptGet: (args: string[]) => {
      installers.push(args.join(' '))
      if (args[0] === 'install') for (const file of installs) present.add(file)
      return Promise.resolve()
    },
    stopService: (name: string) => {
      installers.push(`stop ${name}`)
      return Promise.resolve()
    },
    say: () => {},
  }
  return { probes, installers }
}

test('an nginx is taken where it is, and nothing is installed', async () => {
  const { probes, installers } = machine(['/usr/sbin/nginx'])
  expect(await findNginx(probes)).toBe('/usr/sbin/nginx')
  expect(await findNginx({ ...probes, wanted: '/opt/nginx' })).toBe('/opt/nginx')
  expect(installers).toEqual([])
})

test("as root, Debian's is installed where there is none", async () => {
  const { probes, installers } = machine([], { installs: ['/usr/sbin/nginx'] })
  expect(await findNginx(probes)).toBe('/usr/sbin/nginx')
  expect(installers).toEqual(['update', 'install -y --no-install-recommends nginx-light', 'stop nginx'])
})

test('where none can be had it is said what to do', async () => {
  await expect(findNginx(machine([]).probes)).rejects.toThrow(/Debian: nginx-light\)\n.*BIGV_NGINX/)
  const { probes, installers } = machine([], { isRoot: false, installs: ['/usr/sbin/nginx'] })
  await expect(findNginx(probes)).rejects.toThrow('No nginx was found')
  expect(installers).toEqual([])
})
