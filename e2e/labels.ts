/** What the dashboard calls the actions on its buttons and menu items. Tests name them from here alone. */
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
