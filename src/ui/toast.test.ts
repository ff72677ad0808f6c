import { beforeEach, describe, expect, test, vi } from 'vitest'
import { announce } from './live-region.tsx'
import { dismissToasts, shownToasts, toast } from './toast.ts'

vi.mock('./live-region.tsx', () => ({ announce: vi.fn() }))
beforeEach(dismissToasts)

const titles = () => shownToasts().map(({ title }) => title)
const started = (name: string) =>
  toast({
    id: name,
    tone: 'ok',
    title: `${name} is running`,
    many: { kind: 'start', title: (count) => `${count} machines are running` },
  })

describe('toasts of one kind', () => {
  test('become one, in the place of the first', () => {
    started('web1')
    toast({ title: 'other' })
    started('web2')
    started('web3')
    expect(titles()).toEqual(['3 machines are running', 'other'])
  })

  test('count each machine once', () => {
    for (const name of ['web1', 'web2', 'web1']) started(name)
    expect(titles()).toEqual(['2 machines are running'])
    dismissToasts()
    started('web1')
    started('web1')
    expect(titles()).toEqual(['web1 is running'])
  })

  test('are announced one by one', () => {
    started('web1')
    started('web2')
    expect(announce).toHaveBeenLastCalledWith('web2 is running.')
  })

  test('take the place of another toast of the same machine', () => {
    started('web1')
    toast({ id: 'web2', tone: 'danger', title: 'Start web2: refused' })
    started('web2')
    expect(titles()).toEqual(['2 machines are running'])
  })
})

test.each([
  ['a success goes after 5 s', { tone: 'ok' }, 5000],
  ['so does a success with a button', { tone: 'ok', action: { label: 'Show', onClick: () => {} } }, 5000],
  ['news with a button stays', { action: { label: 'Reload', onClick: () => {} } }, null],
  ['a warning stays', { tone: 'warn' }, null],
  ['a toast may ask for its own time', { tone: 'ok', timeout: 12_000 }, 12_000],
] as const)('%s', (_, options, timeout) => {
  toast({ title: 'x', ...options })
  expect(shownToasts()[0]?.timeout).toBe(timeout)
})
