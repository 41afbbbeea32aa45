/** Settings: which version runs, whether it is the newest, and the next one on its way. */
import { Button, Progress } from '@mantine/core'
import type { UpdateView } from '../generated/types'
import { ProblemNote, ReasonNote } from '../problem/ProblemNote'
import { Pair } from '../settings/Pair'
import settings from '../settings/settings.module.css'
import { agoText } from '../words/dates'
import { RestartButtons } from './RestartButtons'
import styles from './updates.module.css'
import { endedText, isReady, notConfirmedText, percentOf, stateText } from './updateWords'
import { useUpdate, useUpdateActions } from './useUpdate'

export function UpdatesCard() {
  const { data: update, error } = useUpdate()
  return (
    <section className={settings.card} aria-labelledby="updates-title">
      <h2 id="updates-title">Updates</h2>
      {error && <ProblemNote error={error} background />}
      {update && (update.updates_itself ? <Standing update={update} /> : <NotByItself update={update} />)}
    </section>
  )
}

function NotByItself({ update }: { update: UpdateView }) {
  return (
    <p className={settings.soft}>
      This copy of NjordHR, version {update.version}, does not update itself. Whoever installed it here brings
      the next version.
    </p>
  )
}

function Standing({ update }: { update: UpdateView }) {
  const actions = useUpdateActions()
  const ended = endedText(update)
  return (
    <>
      <dl className={settings.pairs}>
        <Pair name="Version">
          {update.version}, build {update.build}, channel {update.channel}
        </Pair>
        <Pair name="Newest" tone={newestTone(update)}>
          <span aria-live="polite">{stateText(update)}</span>
        </Pair>
        <Pair name="Last confirmed">
          {update.checked_at ? agoText(update.checked_at, Date.now()) : 'Not yet'}
        </Pair>
        {ended && (
          <Pair name="Last update" tone={update.ended?.result === 'committed' ? 'plain' : 'warn'}>
            {ended}
          </Pair>
        )}
      </dl>
      <Arriving update={update} actions={actions} />
      {update.notes && update.offered && (
        <div>
          <h3 className={styles.new}>New in {update.offered}</h3>
          <p className={styles.notes}>{update.notes}</p>
        </div>
      )}
      <Troubles update={update} />
      <span className={settings.buttons}>
        {isReady(update) && <RestartButtons update={update} actions={actions} size="sm" />}
        <Button
          variant="default"
          loading={update.is_checking || actions.check.isPending}
          onClick={() => actions.check.mutate()}
        >
          Check now
        </Button>
      </span>
      {actions.error && <ProblemNote error={actions.error} />}
    </>
  )
}

type Actions = ReturnType<typeof useUpdateActions>

/** How far it is, with a pause: an office on a ship's line may not want it just now. */
function Arriving({ update, actions }: { update: UpdateView; actions: Actions }) {
  if (update.state !== 'downloading' && update.state !== 'paused') return null
  const isPaused = update.state === 'paused'
  return (
    <div className={styles.arriving}>
      <Progress
        className={styles.progress}
        value={percentOf(update)}
        color={isPaused ? 'gray' : undefined}
        aria-label={`Version ${update.offered ?? ''} is being fetched`}
      />
      <Button
        variant="default"
        size="compact-sm"
        loading={actions.download.isPending}
        onClick={() => actions.download.mutate(isPaused)}
      >
        {isPaused ? 'Go on' : 'Pause'}
      </Button>
    </div>
  )
}

function Troubles({ update }: { update: UpdateView }) {
  const unconfirmed = notConfirmedText(update)
  const rolledBack = update.ended?.result === 'rolled_back' ? update.ended.reason : null
  return (
    <>
      {update.is_unsafe && (
        <p className={styles.unsafe}>
          This version has a known weakness. Start the new one as soon as it is ready, and tell who looks
          after NjordHR in your office if it does not come.
        </p>
      )}
      {unconfirmed && <p className={settings.soft}>{unconfirmed}</p>}
      {update.not_confirmed && <ReasonNote reason={update.not_confirmed} tone="warn" />}
      {update.why && update.why !== rolledBack && <ReasonNote reason={update.why} tone="warn" />}
      {rolledBack && <ReasonNote reason={rolledBack} tone="warn" />}
    </>
  )
}

function newestTone(update: UpdateView): 'good' | 'warn' | 'plain' {
  if (update.is_unsafe || update.not_confirmed || update.state === 'failed') return 'warn'
  return update.checked_at && update.state !== 'held' && !isReady(update) ? 'good' : 'plain'
}
