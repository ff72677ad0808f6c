import { useState } from 'react'
import type { User } from '../../api/users.ts'
import { RequestPreview } from '../../components/actions/request-preview.tsx'
import { newKeysProblem, withKeys } from '../../lib/ssh-keys.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { TextAreaField } from '../../ui/fields/text-field.tsx'
import { KeysFailure, useSetKeys } from './set-keys.tsx'

/** The form that adds keys, one a line, behind those that there are. */
export function AddKeys({ user }: { user: User }) {
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const change = useSetKeys(user, withKeys(user.authorized_keys, typed))
  const { mutate, requests, isPending, error, reset, disabledReason } = change
  const problem = newKeysProblem(user.authorized_keys, typed)

  const send = () => {
    setTried(true)
    if (problem !== null || isPending || disabledReason !== null) return
    mutate({
      onSuccess() {
        // What was typed meanwhile stays.
        setTyped((now) => (now === typed ? '' : now))
        setTried(false)
      },
    })
  }

  return (
    <Card title="Add keys" padded>
      <form
        noValidate
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <KeysFailure change={change} user={user} />
        <TextAreaField
          label="Public keys"
          hint="One a line, as in a .pub file: ssh-ed25519 AAAA… name."
          mono
          rows={3}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={typed}
          errors={tried && problem !== null ? [problem] : error?.fields['authorized_keys']}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            reset()
          }}
        />
        {problem === null && <RequestPreview requests={requests} />}
        <div>
          <Button type="submit" variant="primary" disabledReason={disabledReason} pending={isPending}>
            Add
          </Button>
        </div>
      </form>
    </Card>
  )
}
