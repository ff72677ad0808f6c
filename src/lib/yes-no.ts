/** "yes" or "no": how the API's booleans are shown. */
export function yesNo(value: boolean): string {
  return value ? 'yes' : 'no'
}
