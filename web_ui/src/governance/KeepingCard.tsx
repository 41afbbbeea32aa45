/** Keeping and deleting: the office's rules, and whom they deleted. */
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApis } from '../api/context'
import type { Retention, Rule } from '../generated/types'
import { ProblemNote } from '../problem/ProblemNote'
import card from '../settings/settings.module.css'
import { Question } from '../shell/Question'
import { agoText } from '../words/dates'
import { counted } from '../words/numbers'
import { DeletedList } from './DeletedList'
import styles from './governance.module.css'
import { RuleDialog } from './RuleDialog'
import { ruleWords } from './rule'

export function KeepingCard() {
  const { cloud } = useApis()
  const { data, error } = useQuery({ queryKey: ['retention'], queryFn: cloud.retention })
  const [editing, setEditing] = useState<Rule | 'new' | null>(null)
  return (
    <section className={card.card} aria-labelledby="keeping-title">
      <div className={styles.cardHead}>
        <h2 id="keeping-title">Keeping and deleting</h2>
        <Button variant="default" size="xs" onClick={() => setEditing('new')}>
          New rule
        </Button>
      </div>
      {error && <ProblemNote error={error} background />}
      {data?.rules.length === 0 && (
        <p className={card.soft}>There is no rule: the office keeps everybody until somebody erases them.</p>
      )}
      {data && data.rules.length > 0 && (
        <ul aria-label="Rules">
          {data.rules.map((rule) => (
            <RuleRow key={rule.rule_id} rule={rule} onChange={() => setEditing(rule)} />
          ))}
        </ul>
      )}
      {data && <Totals retention={data} />}
      <DeletedList />
      {editing !== null && (
        <RuleDialog rule={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </section>
  )
}

function RuleRow({ rule, onChange }: { rule: Rule; onChange(): void }) {
  const { cloud } = useApis()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const drop = useMutation({
    mutationFn: () => cloud.dropRule(rule.rule_id),
    onSuccess: () => queries.invalidateQueries(),
    onSettled: () => setAsking(false),
  })
  return (
    <li className={card.row}>
      <div className={card.rowWords}>
        <p className={card.rowTitle}>
          {ruleWords(rule)}
          {!rule.active && ' (off)'}
        </p>
        <p className={card.small}>
          {counted(rule.grace_days, 'day')} to bring back · made by {rule.created_by || 'somebody'} ·{' '}
          {rule.last_run_at ? `followed ${agoText(rule.last_run_at, Date.now())}` : 'not followed yet'}
        </p>
        {drop.error && <ProblemNote error={drop.error} />}
      </div>
      <Button variant="default" size="xs" onClick={onChange}>
        Change
      </Button>
      <Button variant="default" size="xs" onClick={() => setAsking(true)}>
        Drop
      </Button>
      <Question
        opened={asking}
        title="Drop this rule?"
        yes="Drop the rule"
        no="Keep it"
        busy={drop.isPending}
        onYes={() => drop.mutate()}
        onNo={() => setAsking(false)}
      >
        It deletes nobody any more. Whom it has deleted already stays deleted, and is erased when their days
        are over, unless you bring them back.
      </Question>
    </li>
  )
}

function Totals({ retention }: { retention: Retention }) {
  const sum = (name: 'waiting' | 'erased') => retention.deleted.reduce((total, rank) => total + rank[name], 0)
  const parts = [
    sum('erased') > 0 && `${counted(sum('erased'), 'person is', 'people are')} erased so far`,
    retention.objects_waiting > 0 &&
      `${counted(retention.objects_waiting, 'file is', 'files are')} still to be removed from the file store`,
  ].filter(Boolean)
  return parts.length === 0 ? null : <p className={card.small}>{parts.join(' · ')}.</p>
}
