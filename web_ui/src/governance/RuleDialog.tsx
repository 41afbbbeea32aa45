/** Making or changing a rule: nothing is saved before one has seen whom it would delete. */
import { Button, Checkbox, Modal, MultiSelect, NumberInput, Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useApis } from '../api/context'
import type { Preview, Rule, RuleRequest } from '../generated/types'
import { ProblemNote } from '../problem/ProblemNote'
import styles from './governance.module.css'
import { PreviewNote } from './PreviewNote'
import { graceWords, KEPT_WORDS } from './rule'

interface Props {
  rule: Rule | null
  onClose(): void
}

const FRESH: RuleRequest = { months: 24, grace_days: 30, statuses: [], ranks: [], active: true }

export function RuleDialog({ rule, onClose }: Props) {
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={rule === null ? 'A new rule on keeping people' : 'Change this rule'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <RuleForm rule={rule} onClose={onClose} />
    </Modal>
  )
}

function RuleForm({ rule, onClose }: Props) {
  const { cloud } = useApis()
  const queries = useQueryClient()
  const [wanted, setWanted] = useState<RuleRequest>(rule === null ? FRESH : requestOf(rule))
  const [shown, setShown] = useState<Preview | null>(null)
  const change = (part: Partial<RuleRequest>) => {
    setWanted({ ...wanted, ...part })
    setShown(null)
  }
  const look = useMutation({ mutationFn: () => cloud.previewRule(wanted), onSuccess: setShown })
  const save = useMutation({
    mutationFn: () => (rule === null ? cloud.makeRule(wanted) : cloud.changeRule(rule.rule_id, wanted)),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['retention'] })
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (shown === null) look.mutate()
    else save.mutate()
  }
  return (
    <form onSubmit={submit} className={styles.form}>
      <RuleFields wanted={wanted} onChange={change} />
      <p className={styles.soft}>{graceWords(wanted.grace_days ?? 30)}</p>
      {look.error && <ProblemNote error={look.error} />}
      {save.error && <ProblemNote error={save.error} />}
      {shown && <PreviewNote preview={shown} active={wanted.active ?? true} />}
      <div className={styles.buttons}>
        <Button variant="default" onClick={onClose}>
          Leave it
        </Button>
        {shown === null ? (
          <Button type="submit" loading={look.isPending}>
            Show whom it would delete
          </Button>
        ) : (
          <Button type="submit" color="red.9" loading={save.isPending}>
            Save the rule
          </Button>
        )}
      </div>
    </form>
  )
}

interface FieldsProps {
  wanted: RuleRequest
  onChange(part: Partial<RuleRequest>): void
}

function RuleFields({ wanted, onChange }: FieldsProps) {
  const { cloud } = useApis()
  const { data } = useQuery({ queryKey: ['ranks'], queryFn: () => cloud.dashboard({}, null) })
  const ranks = new Set([
    ...(data?.rank_counts ?? []).map((rank) => rank.rank_applied_for),
    ...(wanted.ranks ?? []),
  ])
  return (
    <>
      <div className={styles.numbers}>
        <NumberInput
          label="Delete whom nothing happened to for so many months"
          min={1}
          max={240}
          clampBehavior="strict"
          allowDecimal={false}
          data-autofocus
          value={wanted.months}
          onChange={(value) => onChange({ months: Number(value) || 1 })}
        />
        <NumberInput
          label="Days in which they can be brought back"
          min={1}
          max={365}
          clampBehavior="strict"
          allowDecimal={false}
          value={wanted.grace_days}
          onChange={(value) => onChange({ grace_days: Number(value) || 1 })}
        />
      </div>
      <Checkbox.Group
        label="Of these statuses only (none ticked: of all)"
        value={wanted.statuses ?? []}
        onChange={(statuses) => onChange({ statuses: statuses as RuleRequest['statuses'] })}
      >
        <div className={styles.ticks}>
          {KEPT_WORDS.map(({ value, label }) => (
            <Checkbox key={value} value={value} label={label} />
          ))}
        </div>
      </Checkbox.Group>
      <MultiSelect
        label="Who applied for one of these ranks only (none: all)"
        placeholder={(wanted.ranks ?? []).length === 0 ? 'Every rank' : undefined}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Every rank' }}
        data={[...ranks].filter(Boolean).sort()}
        value={wanted.ranks ?? []}
        onChange={(chosen) => onChange({ ranks: chosen })}
      />
      <Switch
        label="Follow this rule once a day"
        checked={wanted.active ?? true}
        onChange={(event) => onChange({ active: event.currentTarget.checked })}
      />
    </>
  )
}

function requestOf({ months, grace_days, statuses, ranks, active }: Rule): RuleRequest {
  return { months, grace_days, statuses, ranks, active }
}
