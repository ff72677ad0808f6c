import { describe, expect, test } from 'vitest'
import { exported, fileName } from './export-items.tsx'
import { columns, type MachineRow } from './columns.ts'

const row: MachineRow = {
  group: { account: 'acme', group: 'default' },
  vm: { id: 7, name: '@web', power_on: true, autoreboot_on: false, cores: 2, memory: 1536 },
  address: '198.18.0.7',
  discs: undefined,
}
const shown = [
  columns.name,
  columns.state,
  columns.memory,
  columns.discs,
  columns.autoreboot_on,
  columns.head,
]

describe('the export of a list', () => {
  test('writes CSV with sizes in MiB, and escapes text that looks like a formula', () => {
    expect(exported('csv', shown, [row]).text).toBe(
      "Name,State,Memory (MiB),Discs (MiB),Automatic restart,Head\r\n'@web,Running,1536,,false,\r\n",
    )
  })

  test('writes JSON with numbers, booleans, and null for missing values', () => {
    expect(JSON.parse(exported('json', shown, [row]).text)).toEqual([
      { name: '@web', state: 'Running', memory: 1536, discs: null, autoreboot_on: false, head: null },
    ])
  })

  test('names the file after account and group, whatever characters their names contain', () => {
    const now = new Date(2026, 2, 1)
    expect(fileName(['acme', 'default'], 'csv', now)).toBe('bigv-acme-default-2026-03-01.csv')
    expect(fileName(['../a b', 'ü/\\:'], 'json', now)).toBe('bigv-.._a_b-_-2026-03-01.json')
  })
})
