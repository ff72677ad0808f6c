import { accessSync, constants } from 'node:fs'
import path from 'node:path'

/**
 * The full path of a command, when it is on the PATH.
 * @param more folders to look in after those
 */
export function onPath(command: string, more: string[] = []): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter).filter(Boolean), ...more]
  return folders.map((folder) => path.join(folder, command)).find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
