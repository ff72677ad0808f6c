/** A Storage with these entries. As in browsers, the keys are its own properties. */
export function fakeStorage(entries: () => Map<string, string>): object {
  return new Proxy(
    {
      getItem: (key: string) => entries().get(key) ?? null,
      setItem: (key: string, value: string) => entries().set(key, value),
      removeItem: (key: string) => entries().delete(key),
    },
    {
      ownKeys: () => [...entries().keys()],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    },
  )
}
