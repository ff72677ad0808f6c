import { afterEach, expect, test } from 'vitest'
import { start } from '../actions/power.ts'
import { clearOperations, putOperation } from './store.ts'
import { operation } from './testing/samples.ts'
import { endOf } from './use-action.ts'

afterEach(clearOperations)

test('a form that is closed says that its action continues, unless the action was dropped', async () => {
  const closed = new AbortController()
  putOperation(operation({ key: 'a' }))
  const goesOn = endOf(start, 'a', closed.signal).catch((error: unknown) => error)
  closed.abort()
  expect(await goesOn).toMatchObject({ title: 'The form was closed', text: 'The action continues.' })
  const dropped = endOf(start, 'a', new AbortController().signal).catch((error: unknown) => error)
  clearOperations()
  expect(await dropped).toMatchObject({
    title: 'BigV may or may not have carried out the request',
    sent: true,
  })
})
