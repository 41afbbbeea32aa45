/** A fact as text; where its place in the resume is known, as a button that shows it. */
import type { ReactNode } from 'react'
import styles from './resume.module.css'

interface Props {
  path: string
  placed: ReadonlySet<string>
  /** Absent: the pages are not beside the facts. */
  onShow: ((path: string) => void) | undefined
  children: ReactNode
}

export function FactText({ path, placed, onShow, children }: Props) {
  if (onShow === undefined || !placed.has(path)) return children
  return (
    <button type="button" className={styles.fact} title="Show in the resume" onClick={() => onShow(path)}>
      {children}
    </button>
  )
}
