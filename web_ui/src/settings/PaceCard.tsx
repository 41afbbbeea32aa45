/** How fast this computer asks the portal, and what kind of PDF it makes. */
import { Button, NumberInput, Switch } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ProblemNote } from '../problem/ProblemNote'
import styles from './settings.module.css'
import { useSettings } from './useSettings'

const POLITE = { pages: 3, perSecond: 4 }
const MOST = { pages: 8, perSecond: 20 }

export function PaceCard() {
  const { settings, change } = useSettings()
  const [pages, setPages] = useState<string | number>('')
  const [perSecond, setPerSecond] = useState<string | number>('')
  const known = useRef('')
  // What was saved fills the fields, and what is being typed is never overwritten by reading it again.
  useEffect(() => {
    if (settings === undefined) return
    const saved = `${settings.portal_concurrency} ${settings.portal_requests_per_second}`
    if (known.current === saved) return
    known.current = saved
    setPages(settings.portal_concurrency)
    setPerSecond(settings.portal_requests_per_second)
  }, [settings])
  if (settings === undefined) return null
  const isValid = isWithin(pages, 1, MOST.pages) && isWithin(perSecond, 0.1, MOST.perSecond)
  const isChanged = pages !== settings.portal_concurrency || perSecond !== settings.portal_requests_per_second
  const isPolite = pages === POLITE.pages && perSecond === POLITE.perSecond
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isValid)
      change.mutate({ portal_concurrency: Number(pages), portal_requests_per_second: Number(perSecond) })
  }
  return (
    <section className={styles.card} aria-labelledby="pace-title">
      <h2 id="pace-title">Downloads from the portal</h2>
      <p className={styles.soft}>
        The portal is not ours: {POLITE.pages} pages at once and {POLITE.perSecond} a second is polite. Faster
        may make it ask for a proof that you are a person, or shut the account out. When the portal asks to
        wait, NjordHR waits.
      </p>
      <form className={styles.pace} onSubmit={submit}>
        <NumberInput
          label="Pages at once"
          description={`1 to ${MOST.pages}`}
          min={1}
          max={MOST.pages}
          allowDecimal={false}
          clampBehavior="none"
          value={pages}
          onChange={setPages}
          error={isWithin(pages, 1, MOST.pages) ? null : `From 1 to ${MOST.pages}`}
        />
        <NumberInput
          label="Pages a second"
          description={`0.1 to ${MOST.perSecond}`}
          min={0.1}
          max={MOST.perSecond}
          step={0.5}
          clampBehavior="none"
          value={perSecond}
          onChange={setPerSecond}
          error={isWithin(perSecond, 0.1, MOST.perSecond) ? null : `From 0.1 to ${MOST.perSecond}`}
        />
        <div className={styles.paceButtons}>
          <Button type="submit" disabled={!isChanged || !isValid} loading={change.isPending}>
            Save
          </Button>
          {!isPolite && (
            <Button
              variant="subtle"
              onClick={() => {
                setPages(POLITE.pages)
                setPerSecond(POLITE.perSecond)
              }}
            >
              Polite pace
            </Button>
          )}
          <span className={styles.soft} role="status">
            {isChanged ? 'Not saved yet' : 'Takes effect at the next download'}
          </span>
        </div>
      </form>
      <Switch
        label="PDFs for screen readers"
        description="Headings and tables are marked in the resumes’ PDFs. On: the files are about three times as large, and downloads a little slower."
        checked={settings.portal_tagged_pdfs}
        onChange={(event) => change.mutate({ portal_tagged_pdfs: event.currentTarget.checked })}
      />
      {change.error && <ProblemNote error={change.error} />}
    </section>
  )
}

export function isWithin(value: string | number, least: number, most: number): boolean {
  return value !== '' && Number(value) >= least && Number(value) <= most
}
