/** The chunks that the page itself names, by their names in `chunkGroups`. */
const THERE = /^assets\/(?:rolldown-runtime|start|vendor)-[^/]+$/

/**
 * For Vite's `resolveDependencies`: of the files that a lazily loaded module needs, those that the page has not loaded already. The first
 * view lists them for each of its lazy modules.
 */
export function missingLater(
  _file: string,
  needed: string[],
  { hostType }: { hostType: 'html' | 'js' },
): string[] {
  return hostType === 'html' ? needed : needed.filter((name) => !THERE.test(name))
}
