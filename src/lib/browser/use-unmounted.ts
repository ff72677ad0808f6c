import { useEffect, useRef } from 'react'

/** For work that outlasts the component. Returns a function whose result is a signal that aborts when the component unmounts. */
export function useUnmounted(): () => AbortSignal {
  const unmounted = useRef<AbortController>(null)
  useEffect(() => {
    unmounted.current = new AbortController()
    return () => unmounted.current?.abort()
  }, [])
  return () => unmounted.current?.signal ?? AbortSignal.abort()
}
