// Runs before the first paint, so that the chosen theme applies without a flash. src/app/shell/header-menus.tsx stores it as JSON; older
// records are bare words.
try {
  const theme = localStorage.getItem('bigv-theme')?.replaceAll('"', '')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage may be blocked: keep the system's theme.
}
