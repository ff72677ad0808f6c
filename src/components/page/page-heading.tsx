import { useEffect, useRef, type ReactNode } from 'react'

let pagesShown = 0

/** The page's heading. After navigation it gets the focus, so that a screen reader says where the user is; not on the first page. */
export function PageHeading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (pagesShown > 0) heading.current?.focus({ preventScroll: true })
    pagesShown += 1
  }, [])
  return (
    <h1
      ref={heading}
      tabIndex={-1}
      className="text-xl font-semibold tracking-tight wrap-anywhere outline-none"
    >
      {children}
    </h1>
  )
}
