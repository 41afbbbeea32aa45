/** Entries of the audit log, newest first, older ones on demand. */
import { Button, Loader } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useApis } from '../api/context'
import type { AuditEntry } from '../generated/types'
import { ProblemNote } from '../problem/ProblemNote'
import card from '../settings/settings.module.css'
import { momentText } from '../words/dates'
import { aboutText, actWords, fromText, whoText } from './acts'
import styles from './governance.module.css'
import type { AuditFilters } from './governanceApi'

export function AuditList({ filters }: { filters: AuditFilters }) {
  const { cloud } = useApis()
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = useInfiniteQuery({
    queryKey: ['audit', filters],
    queryFn: ({ pageParam }) => cloud.audit(filters, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })
  const entries = data?.pages.flatMap((page) => page.entries)
  return (
    <>
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!entries && !error && <Loader size="sm" />}
      {entries?.length === 0 && <p className={card.soft}>There is nothing in the log of this kind.</p>}
      {entries && entries.length > 0 && <AuditTable entries={entries} />}
      {hasNextPage && (
        <div>
          <Button
            variant="default"
            size="xs"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            Show older ones
          </Button>
        </div>
      )}
    </>
  )
}

function AuditTable({ entries }: { entries: AuditEntry[] }) {
  return (
    <table className={styles.log} aria-label="Audit log">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">From where</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.entry_id}>
            <td className={styles.when}>{momentText(entry.at)}</td>
            <td>{whoText(entry)}</td>
            <td>
              {actWords(entry.action)}
              {aboutText(entry) !== '' && <span className={styles.about}>{aboutText(entry)}</span>}
            </td>
            <td className={styles.from}>{fromText(entry)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
