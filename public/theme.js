// Runs before the first paint, so that a chosen theme never flashes. src/app/shell/header-menus.tsx writes the record, as JSON; older ones are bare words.
try {
  const theme = localStorage.getItem('bigv-theme')?.replaceAll('"', '')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage may be switched off; the system's theme it is.
}
