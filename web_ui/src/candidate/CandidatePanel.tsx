/** One person: who, how to reach them, where they stand, their resume, and the note box. */
import { CloseButton, Loader, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type Ref, useCallback, useState } from 'react'
import { useApis } from '../api/context'
import type { CandidateStatus, CandidatePanel as Panel } from '../generated/types'
import { PersonMenu } from '../governance/PersonMenu'
import { ProblemNote } from '../problem/ProblemNote'
import { FactsView } from '../resume/FactsView'
import { ResumePages } from '../resume/ResumePages'
import { ScrollRegion } from '../shell/ScrollRegion'
import { useMe } from '../shell/session'
import styles from './candidate.module.css'
import { Expiries } from './Expiries'
import { HistoryView } from './HistoryView'
import { NoteBox } from './NoteBox'
import { OverrideDialog } from './OverrideDialog'
import { PanelHead } from './PanelHead'
import { StatusButtons } from './StatusButtons'
import { afterPending, type StatusTarget, whyNot } from './statusChange'
import type { StatusChange } from './useStatusChange'

interface Props {
  candidateId: string
  changes: StatusChange
  noteField: Ref<HTMLTextAreaElement>
  onClose(): void
  onErased(): void
}

export function CandidatePanel({ candidateId, changes, noteField, onClose, onErased }: Props) {
  const { cloud } = useApis()
  const { data, error } = useQuery({
    queryKey: ['candidate', candidateId],
    queryFn: () => cloud.candidate(candidateId),
    refetchInterval: 5000,
  })
  return (
    <aside className={styles.panel} aria-label={data ? `Candidate ${data.name}` : 'Candidate'}>
      {data && <PersonMenu panel={data} className={styles.more} onErased={onErased} />}
      <CloseButton className={styles.close} aria-label="Close the panel" onClick={onClose} />
      {error && (
        <div className={styles.panelProblem}>
          <ProblemNote error={error} background />
        </div>
      )}
      {!data && !error && <Loader size="sm" className={styles.loading} />}
      {data && <PanelBody key={candidateId} panel={data} changes={changes} noteField={noteField} />}
    </aside>
  )
}

interface BodyProps {
  panel: Panel
  changes: StatusChange
  noteField: Ref<HTMLTextAreaElement>
}

function PanelBody({ panel, changes, noteField }: BodyProps) {
  const [tab, setTab] = useState<string | null>('resume')
  const [wanted, setWanted] = useState<string | null>(null)
  const seen = useCallback(() => setWanted(null), [])
  const show = (path: string) => {
    setTab('resume')
    setWanted(path)
  }
  const resume = panel.resumes[0]
  return (
    <>
      <PanelHead panel={panel} />
      {resume && <Expiries documents={resume.facts.documents} />}
      {panel.status === null ? (
        <p className={styles.soft}>
          {panel.review_state === 'passed'
            ? 'Passed in review: not on the dashboard.'
            : 'Waits under Review.'}
        </p>
      ) : (
        <PanelStatus panel={panel} status={panel.status} changes={changes} />
      )}
      <Tabs value={tab} onChange={setTab} className={styles.tabs} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="resume">Resume</Tabs.Tab>
          <Tabs.Tab value="facts">Facts</Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="resume" className={styles.tab}>
          {resume ? (
            <ResumePages
              resume={{ ...resume, candidate_external_id: panel.candidate_external_id }}
              facts={resume.facts}
              wanted={wanted}
              onShown={seen}
            />
          ) : (
            <p className={styles.soft}>No resume of this person yet.</p>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="facts" className={styles.tab}>
          <ScrollRegion label="Facts" className={styles.scroll}>
            {resume && <FactsView facts={resume.facts} onShow={show} />}
          </ScrollRegion>
        </Tabs.Panel>
        <Tabs.Panel value="history" className={styles.tab}>
          <ScrollRegion label="History" className={styles.scroll}>
            <HistoryView candidateId={panel.candidate_id} />
          </ScrollRegion>
        </Tabs.Panel>
      </Tabs>
      {panel.status !== null && (
        <NoteBox
          candidateId={panel.candidate_id}
          name={panel.name}
          version={panel.version}
          callBackOn={panel.call_back_on ?? null}
          field={noteField}
          onPosted={(row) => void changes.answered(row)}
        />
      )}
    </>
  )
}

function PanelStatus({
  panel,
  status,
  changes,
}: {
  panel: Panel
  status: CandidateStatus
  changes: StatusChange
}) {
  const me = useMe()
  const [overriding, setOverriding] = useState<CandidateStatus | null>(null)
  const mayOverride = me?.actions.includes('candidates.override-status') ?? false
  const target = afterPending<StatusTarget>({ ...panel, status }, changes.pending.get(panel.candidate_id))
  const set = (wanted: CandidateStatus) => {
    if (whyNot(target, wanted) === null) void changes.set([target], wanted)
    else if (mayOverride) setOverriding(wanted)
  }
  return (
    <>
      <StatusButtons
        target={target}
        shown={changes.pending.get(panel.candidate_id) ?? status}
        mayOverride={mayOverride}
        onSet={set}
      />
      <OverrideDialog
        target={target}
        status={overriding}
        onClose={() => setOverriding(null)}
        onSet={(reason) => {
          if (overriding !== null) void changes.set([target], overriding, reason)
          setOverriding(null)
        }}
      />
    </>
  )
}
