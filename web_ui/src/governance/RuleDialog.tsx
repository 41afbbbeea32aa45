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

const MOST = { months: 240, days: 365 }
const FRESH_DAYS = 30
const FRESH: RuleRequest = { months: 24, grace_days: FRESH_DAYS, statuses: [], ranks: [], active: true }

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
  const days = wanted.grace_days ?? FRESH_DAYS
  const isValid = isWithin(wanted.months, MOST.months) && isWithin(days, MOST.days)
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
      {isWithin(days, MOST.days) && <p className={styles.soft}>{graceWords(days)}</p>}
      {look.error && <ProblemNote error={look.error} />}
      {save.error && <ProblemNote error={save.error} />}
      {shown && <PreviewNote preview={shown} active={wanted.active ?? true} />}
      <div className={styles.buttons}>
        <Button variant="default" onClick={onClose}>
          Leave it
        </Button>
        {shown === null ? (
          <Button type="submit" disabled={!isValid} loading={look.isPending}>
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
        <WholeNumber
          label="Delete whom nothing happened to for so many months"
          most={MOST.months}
          first
          value={wanted.months}
          onChange={(months) => onChange({ months })}
        />
        <WholeNumber
          label="Days in which they can be brought back"
          most={MOST.days}
          value={wanted.grace_days ?? FRESH_DAYS}
          onChange={(grace_days) => onChange({ grace_days })}
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

interface WholeNumberProps {
  label: string
  most: number
  first?: boolean
  value: number
  onChange(value: number): void
}

/** A number from 1 on. What is typed stays as it is, also while the field is empty or says too much. */
function WholeNumber({ label, most, first = false, value, onChange }: WholeNumberProps) {
  const [typed, setTyped] = useState<string | number>(value)
  return (
    <NumberInput
      label={label}
      min={1}
      max={most}
      clampBehavior="none"
      allowDecimal={false}
      data-autofocus={first || undefined}
      value={typed}
      onChange={(next) => {
        setTyped(next)
        onChange(Number(next))
      }}
      error={isWithin(value, most) ? null : `From 1 to ${most}`}
    />
  )
}

const isWithin = (value: number, most: number) => value >= 1 && value <= most

function requestOf({ months, grace_days, statuses, ranks, active }: Rule): RuleRequest {
  return { months, grace_days, statuses, ranks, active }
}
