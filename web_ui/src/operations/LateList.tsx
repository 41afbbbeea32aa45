/** Resumes that their computers were to upload and that the office does not have: why, and asking again. */
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useApis } from '../api/context'
import type { LateUpload, LateUploads } from '../generated/types'
import { ProblemNote } from '../problem/ProblemNote'
import card from '../settings/settings.module.css'
import { agoText } from '../words/dates'
import { counted } from '../words/numbers'
import { Line } from './lists'
import { lateState } from './nextSteps'
import styles from './operations.module.css'

export function LateList({ late }: { late: LateUploads }) {
  if (late.items.length === 0) return <p className={card.soft}>Every resume that was asked for is there.</p>
  return (
    <>
      <ul className={styles.long} aria-label="Resumes that did not arrive">
        {late.items.map((item) => (
          <LateRow key={item.resume_id} item={item} />
        ))}
      </ul>
      {late.total > late.items.length && (
        <p className={card.small}>{counted(late.total - late.items.length, 'more')} after these.</p>
      )}
    </>
  )
}

function LateRow({ item }: { item: LateUpload }) {
  const { cloud } = useApis()
  const queries = useQueryClient()
  const ask = useMutation({
    mutationFn: () => cloud.askForResume(item.resume_id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['late-uploads'] }),
  })
  const { words, next } = lateState(item)
  const now = Date.now()
  const seen = item.device_last_seen_at ? `seen ${agoText(item.device_last_seen_at, now)}` : 'never seen'
  const tries = item.failures > 0 ? ` · ${counted(item.failures, 'try', 'tries')} failed` : ''
  return (
    <Line
      tone={item.failures > 0 ? 'bad' : 'warn'}
      title={`Candidate ${item.candidate_external_id}`}
      words={`${item.device_name}, ${seen} · wanted since ${agoText(item.first_asked_at, now)}${tries} · ${words}`}
      next={ask.data?.state === 'waiting' ? `${item.device_name} was asked again.` : next}
      button={
        !item.being_checked && (
          <Button
            variant="default"
            size="xs"
            loading={ask.isPending}
            disabled={ask.data?.state === 'waiting'}
            aria-label={`Ask again for the resume of candidate ${item.candidate_external_id}`}
            onClick={() => ask.mutate()}
          >
            {ask.data?.state === 'waiting' ? 'Asked' : 'Ask again'}
          </Button>
        )
      }
      error={ask.error && <ProblemNote error={ask.error} />}
    />
  )
}
