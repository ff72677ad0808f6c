import { shown } from '../shown.ts'

/** Whether somebody who sees a name has typed it, or copied it from where it is shown. */
export function isTyped(typed: string, name: string): boolean {
  return asSeen(typed) === asSeen(name)
}

/** Spaces are seen as one, and a field for one line takes no other. */
function asSeen(text: string): string {
  return shown(text).trim().replaceAll(/\s+/g, ' ')
}
