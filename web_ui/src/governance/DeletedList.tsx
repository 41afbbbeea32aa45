/** Who was deleted and can still be brought back. */
import { Button } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useApis } from '../api/context'
import type { DeletedPerson } from '../generated/types'
import { ProblemNote } from '../problem/ProblemNote'
import card from '../settings/settings.module.css'
import { dayText, todayIso } from '../words/dates'
import styles from './governance.module.css'
import { keptWords } from './rule'

export function DeletedList() {
  const { cloud } = useApis()
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['deleted-people'],
    queryFn: ({ pageParam }) => cloud.deletedPeople(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })
  const people = data?.pages.flatMap((page) => page.people) ?? []
  if (error) return <ProblemNote error={error} background />
  if (people.length === 0) return null
  return (
    <>
      <h3 className={styles.part}>Deleted, and can be brought back</h3>
      <ul className={card.list} aria-label="Deleted people">
        {people.map((person) => (
          <DeletedRow key={person.candidate_id} person={person} />
        ))}
      </ul>
      {hasNextPage && (
        <div>
          <Button
            variant="default"
            size="xs"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            Show more
          </Button>
        </div>
      )}
    </>
  )
}

function DeletedRow({ person }: { person: DeletedPerson }) {
  const { cloud } = useApis()
  const queries = useQueryClient()
  const restore = useMutation({
    mutationFn: () => cloud.restorePeople([person.candidate_id]),
    onSuccess: () => queries.invalidateQueries(),
  })
  const day = (moment: string) => dayText(todayIso(Date.parse(moment)))
  return (
    <li className={card.row}>
      <div className={card.rowWords}>
        <p className={card.rowTitle}>{person.name || 'Without a name'}</p>
        <p className={card.small}>
          {person.rank_applied_for} · {keptWords(person.status)} · last active {day(person.touched_at)} · will
          be erased on {day(person.erase_at)}
        </p>
        {restore.error && <ProblemNote error={restore.error} />}
      </div>
      <Button variant="default" size="xs" loading={restore.isPending} onClick={() => restore.mutate()}>
        Bring back
      </Button>
    </li>
  )
}
