/** A ring that turns. It says nothing: put words beside it. */
export function Spinner({ className = '' }: { className?: string }) {
  return <span aria-hidden className={`mark-moving ${className}`} />
}
