/** One line above the screens: a new version is ready, is pressing, was taken back, or proves itself. */
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import type { UpdateView } from '../generated/types'
import { ProblemNote } from '../problem/ProblemNote'
import { AlertIcon } from '../shell/icons'
import { RestartButtons } from './RestartButtons'
import styles from './updates.module.css'
import { type Banner, bannerOf, readyText } from './updateWords'
import { useUpdate, useUpdateActions } from './useUpdate'

const SEEN = 'njordhr.updates-seen'

export function UpdateBanner() {
  const { data: update } = useUpdate()
  const [seen, setSeen] = useState(readSeen)
  useFreshPageAfter(update)
  const banner = update ? bannerOf(update, seen) : null
  if (!update || banner === null) return null
  const putAway = () => {
    const more = new Set([...seen, banner.key])
    localStorage.setItem(SEEN, JSON.stringify([...more].slice(-20)))
    setSeen(more)
  }
  return <Line banner={banner} update={update} onPutAway={putAway} />
}

interface LineProps {
  banner: Banner
  update: UpdateView
  onPutAway(): void
}

function Line({ banner: { kind }, update, onPutAway }: LineProps) {
  const actions = useUpdateActions()
  const isStrong = kind === 'urgent' || kind === 'unsafe'
  return (
    <section className={styles.banner} data-kind={kind} aria-label="Update of NjordHR">
      {(isStrong || kind === 'back') && <AlertIcon className={styles.bannerIcon} />}
      <div className={styles.bannerWords} role={isStrong ? 'alert' : 'status'}>
        {wordsOf(kind, update)}
        {actions.error && <ProblemNote error={actions.error} />}
      </div>
      {(kind === 'ready' || kind === 'urgent') && (
        <RestartButtons update={update} actions={actions} size="compact-sm" />
      )}
      {(kind === 'ready' || kind === 'back') && (
        <Button variant="subtle" size="compact-sm" onClick={onPutAway}>
          {kind === 'back' ? 'Understood' : 'Later'}
        </Button>
      )}
    </section>
  )
}

function wordsOf(kind: Banner['kind'], update: UpdateView): ReactNode {
  switch (kind) {
    case 'held':
      return 'NjordHR was just updated and looks whether all of it works here. That takes some seconds.'
    case 'urgent':
      return (
        <>
          <strong>Please restart NjordHR.</strong> Version {update.offered} closes a weakness of the one that
          you use.
        </>
      )
    case 'unsafe':
      return (
        <>
          <strong>The version that you use has a known weakness.</strong> See Updates in Settings for the one
          that closes it.
        </>
      )
    case 'back':
      return (
        <>
          <strong>
            Version {update.ended?.to_version} did not work on this computer, so {update.ended?.from_version}{' '}
            runs again.
          </strong>{' '}
          Your records and settings are as they were.
        </>
      )
    default:
      return readyText(update)
  }
}

/** What was asked while a new version proved itself is asked again when it is done. */
function useFreshPageAfter(update: UpdateView | undefined) {
  const queries = useQueryClient()
  const proves = update?.state === 'probation'
  const [proved, setProved] = useState(false)
  useEffect(() => {
    if (proves) setProved(true)
    else if (proved) {
      setProved(false)
      void queries.invalidateQueries()
    }
  }, [proves, proved, queries])
}

function readSeen(): ReadonlySet<string> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(SEEN) ?? '[]')
    return new Set(Array.isArray(found) ? found.map(String) : [])
  } catch {
    return new Set() // what somebody else wrote there is nothing
  }
}
