import { fogStatuses } from '../rules/statuses.ts'
import type { Answer } from './answer.ts'

/** Returns an answer with the status that fog insists on, where that is another than the documents'. [fog] */
export const asFogWants = (method: string | undefined, path: string, answer: Answer): Answer => {
  const wants = fogStatuses.find(
    (row) => row.value.method === method && row.value.path.test(path) && row.value.instead === answer.status,
  )
  return wants ? { ...answer, status: wants.value.status } : answer
}
