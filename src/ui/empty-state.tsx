import type { ReactNode } from 'react'

type Props = {
  title: ReactNode
  /** Says what the user can do. */
  children?: ReactNode
  icon?: ReactNode
  actions?: ReactNode
}

/** Shown in place of an empty list. */
export function EmptyState({ title, children, icon, actions }: Props) {
  return (
    <div className="grid justify-items-center gap-1.5 px-4 py-12 text-center wrap-anywhere">
      {icon && (
        <span aria-hidden className="mb-1 text-faint">
          {icon}
        </span>
      )}
      <p className="text-lg font-semibold">{title}</p>
      {children && <div className="max-w-prose text-muted">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}
