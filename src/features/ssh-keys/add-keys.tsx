import { useState } from 'react'
import type { User } from '../../api/users.ts'
import { RequestPreview } from '../../components/actions/request-preview.tsx'
import { newKeysProblem, withKeys } from '../../lib/ssh-keys.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { TextAreaField } from '../../ui/fields/text-area-field.tsx'
import { SaveProblem } from './save-problem.tsx'
import { keysRequest, useKeysReason, useSaveKeys } from './use-save-keys.ts'

/** The form that adds keys, one a line, behind those that there are. */
export function AddKeys({ user }: { user: User }) {
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const { saving, problem, save, forget } = useSaveKeys()
  const disabledReason = useKeysReason(user)
  const wrong = newKeysProblem(user.authorized_keys, typed)
  const next = withKeys(user.authorized_keys, typed)
  const refused = problem?.is === 'refused' ? (problem.error.fields['authorized_keys'] ?? []) : []

  const send = async () => {
    setTried(true)
    if (wrong !== null || saving || disabledReason !== null || !(await save(user, next))) return
    // What was typed meanwhile stays.
    setTyped((now) => (now === typed ? '' : now))
    setTried(false)
  }

  return (
    <Card title="Add keys" padded>
      <form
        noValidate
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <SaveProblem problem={problem} />
        <TextAreaField
          label="Public keys"
          hint="One a line, as in a .pub file: ssh-ed25519 AAAA… name."
          mono
          rows={3}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={typed}
          errors={tried && wrong !== null ? [wrong] : refused}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            forget()
          }}
        />
        {wrong === null && <RequestPreview requests={[keysRequest(user.id, next)]} />}
        <div>
          <Button type="submit" variant="primary" disabledReason={disabledReason} pending={saving}>
            Add
          </Button>
        </div>
      </form>
    </Card>
  )
}
