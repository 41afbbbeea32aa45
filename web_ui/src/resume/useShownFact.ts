/** Leads to a fact's mark in the pages, once it is drawn, and lets it light up. */
import { type RefObject, useEffect, useState } from 'react'
import { marksOf } from './places'
import styles from './resume.module.css'

/** How long a mark is lit. */
const LIT_MS = 2500

/** Returns what to tell those who cannot see it; `drawn` changes with every page that is drawn. */
export function useShownFact(
  container: RefObject<HTMLElement | null>,
  path: string | null,
  drawn: number,
  onShown: () => void,
): string {
  const [told, setTold] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: each drawn page may have the mark
  useEffect(() => {
    if (path === null || container.current === null) return
    const marks = marksOf(container.current, path)
    if (marks[0] === undefined) return
    setTold(`Shown on page ${marks[0].closest<HTMLElement>('[data-page]')?.dataset.page ?? ''}`)
    leadTo(marks[0])
    for (const mark of marks) light(mark)
    onShown()
  }, [path, drawn, container, onShown])
  return told
}

function leadTo(mark: HTMLElement): void {
  const still = window.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false
  mark.scrollIntoView({ block: 'center', inline: 'nearest', behavior: still ? 'auto' : 'smooth' })
  // The list of facts may be gone now, and the focus with it.
  if (document.activeElement === document.body) {
    mark.closest<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true })
  }
}

function light(mark: HTMLElement): void {
  const lit = styles.lit ?? ''
  mark.classList.remove(lit)
  void mark.offsetWidth // begins the animation anew for a fact that is asked for again
  mark.classList.add(lit)
  setTimeout(() => mark.classList.remove(lit), LIT_MS)
}
