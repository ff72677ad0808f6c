import { expect, test } from 'vitest'
import { createRequest } from '../../../actions/lifecycle.ts'
import { bundleFromForm } from '../form/bundle.ts'
import { newValues } from '../form/form-values.ts'
import { withGaps } from './step-review.tsx'

test('a preview has "…" for empty and invalid fields', () => {
  const values = { ...newValues(), cores: 'two' }
  const request = createRequest(
    { account: 'acme', group: 'my group' },
    bundleFromForm(values, [], { name: '', password: 'x' }),
  )
  expect(withGaps(request)).toMatchObject({
    method: 'POST',
    path: '/accounts/acme/groups/my%20group/vm_create',
    body: {
      virtual_machine: { name: '…', cores: '…', memory: 1024, power_on: true, autoreboot_on: true },
      discs: [{ label: 'disc-1', size: 25600, storage_grade: 'sata' }],
      reimage: { distribution: '…', root_password: 'x' },
    },
  })
})
