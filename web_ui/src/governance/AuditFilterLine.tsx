/** By whom, what, and when. */
import { Button, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApis } from '../api/context'
import { actWords } from './acts'
import { areCrossed, dayBegin, dayEnd } from './days'
import styles from './governance.module.css'
import type { AuditFilters } from './governanceApi'

interface Props {
  filters: AuditFilters
  onChange(filters: AuditFilters): void
}

export function AuditFilterLine({ filters, onChange }: Props) {
  const { cloud } = useApis()
  const { data } = useQuery({ queryKey: ['audit-choices'], queryFn: cloud.auditChoices })
  const [days, setDays] = useState({ since: '', until: '' })
  const setDay = (name: 'since' | 'until', day: string) => {
    const wanted = { ...days, [name]: day }
    setDays(wanted)
    if (areCrossed(wanted)) return
    onChange({ ...filters, since: dayBegin(wanted.since), until: dayEnd(wanted.until) })
  }
  const clear = () => {
    setDays({ since: '', until: '' })
    onChange({})
  }
  return (
    <div className={styles.filters}>
      <Select
        label="Who"
        placeholder="Everybody"
        clearable
        searchable
        clearButtonProps={{ 'aria-label': 'Everybody' }}
        data={(data?.people ?? []).map((person) => ({ value: person.user_id, label: person.name }))}
        value={filters.user_id ?? null}
        onChange={(value) => onChange({ ...filters, user_id: value ?? undefined })}
      />
      <Select
        label="What"
        placeholder="Everything"
        clearable
        searchable
        clearButtonProps={{ 'aria-label': 'Everything' }}
        data={(data?.actions ?? []).map((action) => ({ value: action, label: actWords(action) }))}
        value={filters.action ?? null}
        onChange={(value) => onChange({ ...filters, action: value ?? undefined })}
      />
      <TextInput
        type="date"
        label="From"
        value={days.since}
        max={days.until || undefined}
        onChange={(event) => setDay('since', event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label="To"
        value={days.until}
        min={days.since || undefined}
        error={areCrossed(days) && 'This is before “From”.'}
        onChange={(event) => setDay('until', event.currentTarget.value)}
      />
      {[...Object.values(filters), ...Object.values(days)].some(Boolean) && (
        <Button variant="default" onClick={clear}>
          Clear
        </Button>
      )}
    </div>
  )
}
