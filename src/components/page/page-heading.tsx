import { useEffect, useRef, type ReactNode } from 'react'
import { useRunningCount } from '../../operations/running.ts'

let pagesShown = 0

/** The page's heading. It gets the focus after each navigation, but not on the first page, so that screen readers announce the new page. */
export function PageHeading({ translate, children }: { translate?: 'no' | undefined; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (pagesShown > 0) heading.current?.focus({ preventScroll: true })
    pagesShown += 1
  }, [])
  return (
    <h1
      ref={heading}
      translate={translate}
      tabIndex={-1}
      className="text-xl font-semibold tracking-tight wrap-anywhere outline-none"
    >
      {children}
    </h1>
  )
}

/** The tab's title: the page's subject, the number of running changes, and "!" if the last refresh failed. */
export function PageTitle({ parts, failed = false }: { parts: readonly string[]; failed?: boolean }) {
  const running = useRunningCount()
  const marks = [failed && '!', running > 0 && `${running}…`].filter(Boolean).join(' ')
  return <title>{[marks && `(${marks})`, [...parts, 'BigV'].join(' · ')].filter(Boolean).join(' ')}</title>
}
