/** What the page itself has named: `chunkGroups` calls them so. */
const THERE = /^assets\/(?:rolldown-runtime|start|vendor)-[^/]+$/

/**
 * For Vite's `resolveDependencies`: takes the files that a part loaded later needs and returns those that are not there already. The
 * first view lists them for each of its parts.
 */
export function missingLater(
  _file: string,
  needed: string[],
  { hostType }: { hostType: 'html' | 'js' },
): string[] {
  return hostType === 'html' ? needed : needed.filter((name) => !THERE.test(name))
}
