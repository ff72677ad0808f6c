import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { SIGNALS } from '../testing/web-server.ts'

const UNIT = path.join(import.meta.dirname, '../bigv-dashboard.service')
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0

test.skipIf(!hasSystemd)('systemd understands every line of the unit', () => {
  const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', UNIT], {
    encoding: 'utf8',
  })
  // Ignore complaints about the other units of this computer.
  const about = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('bigv-dashboard'))
  expect(about).toEqual([])
  expect(status).toBe(0)
})

test('systemd stops nginx with the signal that lets running writes finish', () => {
  const unit = readFileSync(UNIT, 'utf8')
  expect(/^KillSignal=(.*)$/m.exec(unit)?.[1]).toBe(SIGNALS.nginx.stop)
})
