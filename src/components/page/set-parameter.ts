import { useSearchParams } from 'react-router'

/** Returns a function that sets a parameter of the page's URL, or removes it if the value is null. */
export function useSetParameter(): (name: string, value: string | null) => void {
  const [, setParams] = useSearchParams()
  return (name, value) =>
    setParams(
      () => {
        // Start from the current URL, not the rendered one: search and sort may both change before the next render.
        const next = new URLSearchParams(location.search)
        if (value === null) next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true, preventScrollReset: true },
    )
}
