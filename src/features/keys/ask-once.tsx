import { lazyComponent } from '../../ui/lazy.tsx'
import { keyQuestion } from './question.ts'

const Question = lazyComponent(async () => (await import('./key-question.tsx')).KeyQuestionDialog, {
  onDemand: true,
})

/** Shows the question of `sendAtOnce`, on any page. */
export function KeyQuestions() {
  const asked = keyQuestion.use()
  return asked && <Question {...asked} onClose={() => keyQuestion.set(null)} />
}
