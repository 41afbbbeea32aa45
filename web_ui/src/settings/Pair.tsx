/** A name and what stands for it, with a word's colour where something is good or wants looking at. */
import type { ReactNode } from 'react'
import styles from './settings.module.css'

interface Props {
  name: string
  tone?: 'good' | 'warn' | 'bad' | 'plain'
  children: ReactNode
}

export function Pair({ name, tone = 'plain', children }: Props) {
  return (
    <div className={styles.pair} data-tone={tone}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
