// By fingerprint: the text of ten thousand machines takes more memory than they do. An answer that is forgotten takes its own with it.
const prints = new WeakMap<object, string>()

/** Notes the fingerprint of the text that an answer was parsed from. */
export function notePrint(answer: object, print: string): void {
  prints.set(answer, print)
}

/** Notes that an answer says what another one said, whose fingerprint it gets. */
export function noteSame(answer: object, other: object): void {
  const print = prints.get(other)
  if (print !== undefined) prints.set(answer, print)
}

/** Whether an answer, if there is one, was parsed from a text with this fingerprint. */
export function isFrom(answer: object | undefined, print: string): answer is object {
  return answer !== undefined && prints.get(answer) === print
}
