import { useRef } from 'react'
import { randomPassword } from '../../lib/browser/random-password.ts'
import type { Wish } from '../../actions/create.ts'
import { bundleFromForm } from './bundle-from-form.ts'
import type { CreateValues } from './form-values.ts'

/**
 * Returns what makes, of the form, the storage grades that BigV has and names, what is to be sent for each. A password is made
 * up once for a name: what is sent again, after no answer came, has to have the one that was shown.
 */
export function useWishes() {
  const passwords = useRef(new Map<string, string>())
  return (values: CreateValues, grades: readonly string[], names: readonly string[]): Wish[] =>
    names.map((name) => {
      const generates = values.system === 'distribution' && values.password_from === 'generated'
      const password = generates ? (passwords.current.get(name) ?? randomPassword()) : null
      if (password !== null) passwords.current.set(name, password)
      return { bundle: bundleFromForm(values, grades, { name, password: password ?? '' }), password }
    })
}
