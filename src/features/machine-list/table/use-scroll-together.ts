import { useEffect, type RefObject } from 'react'

/** Keeps elements at the same place sideways: whichever is scrolled, the others follow. */
export function useScrollTogether(...elements: readonly RefObject<HTMLElement | null>[]): void {
  useEffect(() => {
    const all = elements.flatMap(({ current }) => current ?? [])
    const follow = ({ currentTarget }: Event) => {
      const { scrollLeft } = currentTarget as HTMLElement
      for (const each of all) if (each.scrollLeft !== scrollLeft) each.scrollLeft = scrollLeft
    }
    for (const each of all) each.addEventListener('scroll', follow, { passive: true })
    return () => {
      for (const each of all) each.removeEventListener('scroll', follow)
    }
    // oxlint-disable-next-line react/exhaustive-deps -- refs are the same from one drawing to the next
  }, [])
}
