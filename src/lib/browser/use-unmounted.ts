import { useEffect, useRef } from 'react'

/** For work that outlasts the component: returns a function that gets the signal aborted on unmount. */
export function useUnmounted(): () => AbortSignal {
  const unmounted = useRef<AbortController>(null)
  useEffect(() => {
    unmounted.current = new AbortController()
    return () => unmounted.current?.abort()
  }, [])
  return () => unmounted.current?.signal ?? AbortSignal.abort()
}
