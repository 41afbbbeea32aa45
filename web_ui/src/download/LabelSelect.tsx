/** A portal filter that can be searched: our label, and the portal's beside it where it differs. */
import { type ComboboxItem, type OptionsFilter, Select } from '@mantine/core'
import { useMemo } from 'react'
import type { PortalChoice } from '../generated/types'
import styles from './download.module.css'

interface Props {
  label: string
  choices: readonly PortalChoice[]
  value: string | null
  onChange(portalLabel: string | null): void
}

export function LabelSelect({ label, choices, value, onChange }: Props) {
  const options = useMemo(
    () => choices.map((choice) => ({ value: choice.portal_label, label: choice.label })),
    [choices],
  )
  return (
    <Select
      label={label}
      placeholder="Type to search"
      searchable
      // Typed once more and Enter: the choice stays. The cross takes it back.
      allowDeselect={false}
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${label.toLowerCase()}` }}
      nothingFoundMessage="The portal has none like this"
      data={options}
      value={value}
      onChange={onChange}
      filter={byEitherLabel}
      maxDropdownHeight={280}
      selectFirstOptionOnChange
      renderOption={({ option }) => (
        <span className={styles.option}>
          <span>{option.label}</span>
          {option.label !== option.value && <span className={styles.soft}>portal: {option.value}</span>}
        </span>
      )}
    />
  )
}

/** Every typed word must be in our label or in the portal's. */
export const byEitherLabel: OptionsFilter = ({ options, search }) => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return (options as ComboboxItem[]).filter((option) => {
    const texts = `${option.label} ${option.value}`.toLowerCase()
    return words.every((word) => texts.includes(word))
  })
}
