/** A part of a screen that scrolls by itself, and so must be reachable with the keyboard. */
import type { ReactNode, Ref } from 'react'

interface Props {
  label: string
  className?: string
  ref?: Ref<HTMLElement>
  children: ReactNode
}

export function ScrollRegion({ label, className, ref, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without a tab stop nobody could scroll it with keys
    <section ref={ref} className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
