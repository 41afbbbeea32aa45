/** How the office runs: resumes that did not arrive, computers, downloads that failed, updates; each with what to do. */
import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useApis } from '../api/context'
import { ProblemNote } from '../problem/ProblemNote'
import card from '../settings/settings.module.css'
import { useMe } from '../shell/session'
import { counted } from '../words/numbers'
import { LateList } from './LateList'
import { ComputersList, FailedList, UpdatesList } from './lists'
import styles from './operations.module.css'

const DAYS = 7
const EVERY_MS = 30_000

/** Whether this person may see the screen. */
export function useMaySeeOperations(): boolean {
  return useMe()?.actions.includes('operations.read') ?? false
}

export function OperationsScreen() {
  const may = useMaySeeOperations()
  return (
    <div className={card.screen}>
      <header className={card.head}>
        <h1 className={card.title}>Operations</h1>
        <Link to="/settings" className={styles.back}>
          Settings
        </Link>
      </header>
      {may ? <Cards /> : <p>Your role does not include this. Ask an admin of your office.</p>}
    </div>
  )
}

function Cards() {
  const { cloud } = useApis()
  const view = useQuery({
    queryKey: ['operations'],
    queryFn: () => cloud.operations(DAYS),
    refetchInterval: EVERY_MS,
  })
  const late = useQuery({
    queryKey: ['late-uploads'],
    queryFn: cloud.lateUploads,
    refetchInterval: EVERY_MS,
  })
  const updates = useQuery({ queryKey: ['update-outcomes'], queryFn: cloud.updateOutcomes })
  const failed = view.data?.failed.reduce((sum, row) => sum + row.jobs, 0) ?? 0
  const waiting = view.data?.computers.reduce((sum, row) => sum + row.records_waiting, 0) ?? 0
  return (
    <div className={styles.cards}>
      <Card id="late" title="Resumes that did not arrive" count={late.data?.total} query={late}>
        {late.data && <LateList late={late.data} />}
      </Card>
      <Card
        id="failed"
        title={`Downloads that failed in ${DAYS} days`}
        count={view.data && failed}
        query={view}
      >
        {view.data && <FailedList view={view.data} />}
      </Card>
      <Card id="computers" title="Computers" count={view.data?.computers.length} query={view}>
        {view.data && (
          <>
            <p className={card.small}>
              {waiting === 0
                ? 'The office has everything that its computers recorded, as far as they have said.'
                : `The office is ${counted(waiting, 'record')} behind its computers.`}
            </p>
            <ComputersList computers={view.data.computers} />
          </>
        )}
      </Card>
      <Card id="updates" title="Updates of NjordHR" query={updates}>
        {updates.data && <UpdatesList outcomes={updates.data.items} />}
      </Card>
    </div>
  )
}

interface CardProps {
  id: string
  title: string
  count?: number
  query: { error: Error | null; isPending: boolean; refetch(): unknown }
  children: React.ReactNode
}

function Card({ id, title, count, query, children }: CardProps) {
  return (
    <section className={card.card} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        {title}
        {count !== undefined && <span className={styles.count}> · {count}</span>}
      </h2>
      {query.error && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loader size="sm" />}
      {children}
    </section>
  )
}
