/*
 * tools/first-view.ts builds this in place of Vite's helper around `import()`, which preloads the files with <link>.
 *
 * Firefox never requests a module again that failed to load once, neither by `import()` nor by <link>; the same is true of everything it
 * imports. WebKitGTK 2.50 remembers a failure only if a <link> got a page in place of the script. So each file is first loaded with
 * `fetch()`, which may fail any number of times. `import()` then finds the files in the browser's cache: web servers allow them to be cached
 * (docs/operations.md).
 */

const loading = new Map<string, Promise<void>>()

/**
 * Imports a chunk after loading its files. If it fails, it dispatches Vite's event `vite:preloadError` and rejects; the next call tries
 * again.
 * @param files the paths of the chunk and its imports below the dashboard's root
 */
export async function loadChunk<T>(importChunk: () => Promise<T>, files: readonly string[]): Promise<T> {
  try {
    await Promise.all(files.map((file) => loadOnce(`/${file}`)))
    return await importChunk()
  } catch (payload) {
    dispatchEvent(Object.assign(new Event('vite:preloadError'), { payload }))
    throw payload
  }
}

function loadOnce(file: string): Promise<void> {
  // index.html loads the files of the first view.
  if (document.querySelector(`link[href="${file}"], script[src="${file}"]`) !== null) return Promise.resolve()
  const started = loading.get(file)
  if (started !== undefined) return started
  const load = fetchFile(file)
  loading.set(file, load)
  load.catch(() => loading.delete(file))
  return load
}

/** @throws with the file's name, so that users can report it */
async function fetchFile(file: string): Promise<void> {
  let cause: unknown
  try {
    const response = await fetch(file)
    // A browser stores the file only once it has the whole of it.
    await response.arrayBuffer()
    // A proxy or a hotel's Wi-Fi may answer with a page, which the browser would remember as a failed module, too.
    if (response.ok && response.headers.get('Content-Type')?.includes('javascript') === true) return
    cause = `The server answered ${response.status}, ${response.headers.get('Content-Type') ?? 'no type'}.`
  } catch (error) {
    cause = error
  }
  throw new Error(`${file} failed to load.`, { cause })
}
