import { Button } from './button.tsx'
import type { ButtonProps } from './button.tsx'

type Props = Omit<ButtonProps, 'aria-label' | 'hint'> & { label: string }

/** A button that is an icon; the label is its name and shows on hover and focus. */
export function IconButton({ label, variant = 'quiet', size = 'normal', className = '', ...props }: Props) {
  const square = size === 'small' ? 'w-7 pointer-coarse:w-10' : 'w-8 pointer-coarse:w-11'
  return (
    <Button
      variant={variant}
      size={size}
      {...props}
      hint={label}
      aria-label={label}
      className={`${square} px-0! ${className}`}
    />
  )
}
