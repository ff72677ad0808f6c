/** The labels of the actions on buttons and menu items. Tests take them only from here. */
export const LABELS = {
  start: 'Start',
  shutDown: 'Shut down',
  restart: 'Restart',
  stop: 'Force stop',
  reboot: 'Force reboot',
  reset: 'Reset',
  sendKeys: 'Send keys',
  delete: 'Delete',
  undelete: 'Undelete',
  purge: 'Purge',
  reimage: 'Re-image',
} as const

const AT_ONCE: ReadonlySet<string> = new Set([LABELS.start, LABELS.sendKeys, LABELS.undelete])

/** The label in a menu or the palette: with "…" if a dialog opens first. */
export const inMenu = (label: string): string => (AT_ONCE.has(label) ? label : `${label}…`)
