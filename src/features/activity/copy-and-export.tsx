import { CopyAs, curlHint, useCurlSender } from '../../components/actions/copy-as.tsx'
import { downloadText } from '../../lib/download.ts'
import { changesElsewhere } from '../../operations/activity/changes-elsewhere/store.ts'
import {
  activityText,
  clientLine,
  curlLines,
  httpText,
  recordText,
} from '../../operations/activity/record.ts'
import type { Operation } from '../../operations/operation.ts'
import { plans } from '../../operations/plan-store.ts'
import { operations } from '../../operations/store.ts'
import { Button } from '../../ui/button.tsx'

/** Copies an operation as HTTP, as curl commands, as a command of the official client, or as JSON. */
export function CopyOperation({ operation }: { operation: Operation }) {
  const sender = useCurlSender(operation.username)
  const curl = curlLines(operation, sender)
  const client = clientLine(operation)
  return (
    <CopyAs
      forms={[
        // What curl can't send again, such as key presses, can't be copied as HTTP either.
        ...(curl === null
          ? []
          : [
              { words: 'HTTP', label: 'Copy as HTTP', text: httpText(operation.steps) },
              { words: 'curl', label: 'Copy as curl', text: curl, hint: curlHint(sender) },
            ]),
        ...(client === null
          ? []
          : [{ words: 'client', label: 'Copy for the command-line client', text: client }]),
        { words: 'JSON', label: 'Copy as JSON', text: recordText(operation).trimEnd() },
      ]}
    />
  )
}

export function ExportActivity({ empty }: { empty: boolean }) {
  return (
    <Button
      disabledReason={empty ? 'Nothing to export yet.' : null}
      onClick={() =>
        downloadText(
          'bigv-activity.json',
          activityText(operations(), changesElsewhere(), plans()),
          'application/json',
        )
      }
    >
      Export JSON
    </Button>
  )
}
