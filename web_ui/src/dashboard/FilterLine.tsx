/** The filters of the list. They live in the address, so that a view can be kept and shared. */
import { Button, Select, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { CandidateStatus } from '../generated/types'
import { ARCHIVE_STATUSES, STATUSES } from '../generated/vocabulary'
import { useKeys } from '../keys/keys'
import { ExportIcon, FindIcon } from '../shell/icons'
import type { DashboardSearch } from '../shell/router'
import { counted } from '../words/numbers'
import styles from './dashboard.module.css'
import { SaveView, useViews } from './SavedViews'
import { viewOf } from './views'

interface Props {
  search: DashboardSearch
  total: number | null
  onGo(change: Partial<DashboardSearch>): void
  onExport(): void
}

function titleOf(search: DashboardSearch, view: string | undefined): string {
  if (view !== undefined) return view
  if (search.calls) return 'My call-backs'
  return search.rank ?? (search.archive ? 'Archive' : 'Dashboard')
}

export function FilterLine({ search, total, onGo, onExport }: Props) {
  const field = useRef<HTMLInputElement>(null)
  useKeys('Dashboard', [{ key: '/', does: 'Filter by name or phone', run: () => field.current?.focus() }])
  const statuses = STATUSES.filter(
    (status) => ARCHIVE_STATUSES.includes(status) === (search.archive ?? false),
  )
  const views = useViews()
  const isFiltered = Boolean(search.rank || search.status || search.q || search.country)
  return (
    <div className={styles.filters}>
      <h1 className={styles.title}>{titleOf(search, viewOf(views, search)?.name)}</h1>
      <SlowText
        field={field}
        label="Filter by name, phone or number"
        placeholder="Name, phone, number"
        value={search.q ?? ''}
        onChange={(q) => onGo({ q: q || undefined })}
      />
      <Select
        aria-label="Filter by status"
        placeholder="Any status"
        className={styles.filterStatus}
        data={[...statuses]}
        value={search.status ?? null}
        onChange={(status) => onGo({ status: (status as CandidateStatus | null) ?? undefined })}
        clearable
        clearButtonProps={{ 'aria-label': 'Any status' }}
      />
      <SlowText
        label="Filter by country"
        placeholder="Country"
        value={search.country ?? ''}
        onChange={(country) => onGo({ country: country || undefined })}
      />
      {isFiltered && (
        <Button
          variant="subtle"
          className={styles.clear}
          onClick={() => onGo({ rank: undefined, status: undefined, q: undefined, country: undefined })}
        >
          Clear
        </Button>
      )}
      <SaveView search={search} />
      <Button
        variant="default"
        className={styles.clear}
        leftSection={<ExportIcon />}
        disabled={total === null || total === 0}
        title="Export everybody in this list, with their resumes (E)"
        onClick={onExport}
      >
        <span className={styles.exportWord}>Export</span>
      </Button>
      <span className={styles.total} role="status">
        {total === null ? '' : counted(total, 'person', 'people')}
      </span>
    </div>
  )
}

interface SlowTextProps {
  label: string
  placeholder: string
  value: string
  onChange(text: string): void
  field?: React.RefObject<HTMLInputElement | null>
}

/** A text filter that asks when the typing pauses. What is typed is never overwritten by what comes back. */
function SlowText({ label, placeholder, value, onChange, field }: SlowTextProps) {
  const [text, setText] = useState(value)
  const sent = useRef(value)
  useEffect(() => {
    // Another view was chosen (a link, Clear): its filter takes the field's place.
    if (value !== sent.current) {
      sent.current = value
      setText(value)
    }
  }, [value])
  useEffect(() => {
    if (text.trim() === sent.current) return
    const timer = setTimeout(() => {
      sent.current = text.trim()
      onChange(text.trim())
    }, 300)
    return () => clearTimeout(timer)
  }, [text, onChange])
  return (
    <TextInput
      ref={field}
      aria-label={label}
      placeholder={placeholder}
      className={styles.filterText}
      leftSection={field ? <FindIcon /> : undefined}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
    />
  )
}
