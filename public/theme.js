// Runs before the first paint, so that a chosen theme never flashes. The key is that of src/ui/theme.ts.
try {
  const theme = localStorage.getItem('bigv-theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage may be switched off; the system's theme it is.
}
