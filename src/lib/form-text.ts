/** Takes a form's data and a field's name and returns the text in it; empty for a file or nothing. */
export function formText(data: FormData, name: string): string {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}
