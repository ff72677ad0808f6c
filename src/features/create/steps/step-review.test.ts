import { expect, test } from 'vitest'
import { createRequest } from '../../../actions/lifecycle.ts'
import { bundleFromForm } from '../form/bundle.ts'
import { newValues } from '../form/form-values.ts'
import { requestText } from './step-review.tsx'

test('requestText shows the request line, dots for the password and "…" for empty fields', () => {
  const values = { ...newValues(), cores: 'two' }
  const text = requestText(
    createRequest(
      { account: 'acme', group: 'my group' },
      bundleFromForm(values, [], { name: '', password: 'x' }),
    ),
  )
  const [line, blank, ...body] = text.split('\n')
  expect([line, blank]).toEqual(['POST /accounts/acme/groups/my%20group/vm_create', ''])
  expect(JSON.parse(body.join('\n'))).toEqual({
    virtual_machine: { name: '…', cores: '…', memory: 1024, power_on: true, autoreboot_on: true },
    discs: [{ label: 'disc-1', size: 25600, storage_grade: 'sata' }],
    reimage: { distribution: '…', root_password: '••••••' },
  })
})
