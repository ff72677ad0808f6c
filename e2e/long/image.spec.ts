import { findContainers } from '../../deploy/testing/containers.ts'
import { controlClient } from '../../simulator/control/client.ts'
import { startSimulator } from '../../simulator/server.ts'
import { unusedPort } from '../../tools/testing/fake-bigv.ts'
import { listPath } from '../account.ts'
import { expect, test } from '../fixtures.ts'
import { machineLinks } from '../steps/list.ts'
import { fillSignIn } from '../steps/sign-in.ts'

const IMAGE = 'bigv-dashboard-test'

test('the container image refuses a wrong setting, and runs with a read-only file system', async ({
  page,
}) => {
  const containers = await findContainers()
  if (typeof containers === 'string') {
    test.skip(true, `The image can be neither built nor run here. ${containers}`)
    return
  }
  const built = await containers.run([
    'build',
    '--network',
    'host',
    ...containers.bases,
    '-f',
    'deploy/Dockerfile',
    '-t',
    IMAGE,
    '.',
  ])
  expect(built.status, built.output).toBe(0)

  // The options that docs/operations.md recommends.
  const locked = [
    '--rm',
    '--read-only',
    '--cap-drop',
    'ALL',
    '--security-opt',
    'no-new-privileges',
    '--network',
    'host',
  ]
  const refused = await containers.run(['run', ...locked, '--env', 'BIGV_URL=uk0', IMAGE])
  expect(refused.status).toBe(1)
  expect(refused.output).toContain('BIGV_URL must be an http:// or https:// URL')

  const simulator = await startSimulator({ control: true })
  const name = `${IMAGE}-${process.pid}`
  const port = await unusedPort()
  const settings = {
    BIGV_URL: simulator.url,
    BIGV_AUTH_URL: simulator.url,
    BIGV_ADDRESS: '127.0.0.1',
    BIGV_PORT: String(port),
  }
  const env = Object.entries(settings).flatMap(([key, value]) => ['--env', `${key}=${value}`])
  const running = containers.run(['run', '--name', name, ...locked, ...env, IMAGE])
  const inside = (command: string) => containers.run(['exec', name, 'sh', '-c', command])
  try {
    await expect
      .poll(async () => (await inside('curl -fsS http://127.0.0.1:$BIGV_PORT/healthz')).output)
      .toBe('ok\n')
    const packed = await inside("curl -fsSI -H 'Accept-Encoding: br' http://127.0.0.1:$BIGV_PORT/")
    expect(packed.output).toMatch(/^Content-Encoding: br/m)
    expect((await inside('id -u')).output).toBe('33\n')
    expect((await inside('touch /srv/dashboard/x /opt/bigv/x /etc/x 2>&- || echo refused')).output).toBe(
      'refused\n',
    )
    expect((await inside('command -v node npm gcc || echo none')).output).toBe('none\n')

    const account = await controlClient(simulator.url).createAccount({ machines: [{ name: 'www1' }] })
    await page.goto(`http://localhost:${port}/`)
    await fillSignIn(page, account)
    await expect(page).toHaveURL(new RegExp(`${listPath(account)}$`))
    await expect(machineLinks(page)).toHaveText(['www1'])
  } finally {
    await containers.run(['stop', name])
    await simulator.close()
  }
  expect((await running).output).toContain('"path":"/dashboard.json"')
})
