/**
 * Takes a disc's label and returns why it cannot be one, or null. BigV refuses labels that look like a Unix device
 * (vda, sda, hda; official documentation, "Discs").
 */
export function discLabelProblem(label: string): string | null {
  if (label.trim() === '') return 'Give the disc a label.'
  if (/^[vsh]d[a-z]+$/i.test(label)) return 'A label cannot look like a device (vda, sda, hda).'
  return null
}

/** Takes the labels in use and returns the next free "disc-N", numbered as BigV's command-line client does. */
export function nextDiscLabel(labels: readonly string[]): string {
  const numbers = labels.map((label) => Number(/^disc-(\d+)$/.exec(label)?.[1] ?? 0))
  return `disc-${Math.max(labels.length, ...numbers, 0) + 1}`
}
