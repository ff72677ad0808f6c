import { useEffect, useRef } from 'react'

/** For what goes on when the component is gone: returns a function for the signal that aborts then. */
export function useUnmounted(): () => AbortSignal {
  const unmounted = useRef<AbortController>(null)
  useEffect(() => {
    unmounted.current = new AbortController()
    return () => unmounted.current?.abort()
  }, [])
  return () => unmounted.current?.signal ?? AbortSignal.abort()
}
