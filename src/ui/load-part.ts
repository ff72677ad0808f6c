import { toast } from './toast/toast.ts'

/**
 * Loads a part of the dashboard. Where it cannot be had (no connection, or a newer version was installed meanwhile) it says so,
 * offers to load the page anew, leaves the page as it is, and returns null.
 */
export async function loadPart<T>(load: () => Promise<T>): Promise<T | null> {
  try {
    return await load()
  } catch {
    toast({
      id: 'part-not-loaded',
      tone: 'danger',
      title: 'A part of the dashboard could not be loaded',
      text: 'Nothing was sent because of it. The connection may be gone, or a newer version was installed: try again, or load the page anew.',
      action: { label: 'Load the page anew', onClick: () => location.reload() },
    })
    return null
  }
}
