// Host names as the internet's standards have them (RFC 1123); BigV documents no rule of its own.
const LONGEST = 253
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i

/** Takes what was typed as a host name, with or without the dot at its end, and returns why it cannot be one, or null. */
export function hostNameProblem(text: string): string | null {
  const name = text.replace(/\.$/, '')
  if (name.length > LONGEST) return `A host name has at most ${LONGEST} characters; this has ${name.length}.`
  const wrong = name.split('.').find((label) => !LABEL.test(label))
  if (wrong === undefined) return null
  if (wrong === '') return 'A host name has something between its dots.'
  if (/[^a-z0-9-]/i.test(wrong)) return `Letters, digits and hyphens between the dots; “${wrong}” has others.`
  if (wrong.length > 63) return 'At most 63 characters between two dots.'
  return `“${wrong}” cannot begin or end with a hyphen.`
}
