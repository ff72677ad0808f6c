// An answer that is forgotten takes its text with it.
const texts = new WeakMap<object, string>()

/** Notes the text that an answer was parsed from. Answers that are no objects are not worth it. */
export function noteText(answer: unknown, text: string): void {
  if (typeof answer === 'object' && answer !== null) texts.set(answer, text)
}

/** Notes that an answer says what another one said, whose text it gets. */
export function noteSame(answer: object, other: object): void {
  const text = texts.get(other)
  if (text !== undefined) texts.set(answer, text)
}

/** Whether an answer, if there is one, was parsed from this very text. */
export function isFrom(answer: unknown, text: string): boolean {
  return typeof answer === 'object' && answer !== null && texts.get(answer) === text
}
