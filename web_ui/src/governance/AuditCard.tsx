/** The audit log: who did what to whom, when and from where; filtered, and taken as a table. */
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApis } from '../api/context'
import { saveAnswer } from '../api/saveAnswer'
import { ProblemNote } from '../problem/ProblemNote'
import card from '../settings/settings.module.css'
import { AuditFilterLine } from './AuditFilterLine'
import { AuditList } from './AuditList'
import styles from './governance.module.css'
import type { AuditFilters } from './governanceApi'

export function AuditCard() {
  const { cloud } = useApis()
  const queries = useQueryClient()
  const [filters, setFilters] = useState<AuditFilters>({})
  const take = useMutation({
    mutationFn: async () => saveAnswer(await cloud.openAuditTable(filters), 'audit.csv'),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['audit'] }),
  })
  return (
    <section className={card.card} aria-labelledby="audit-title">
      <div className={styles.cardHead}>
        <h2 id="audit-title">Audit log</h2>
        <Button variant="default" size="xs" loading={take.isPending} onClick={() => take.mutate()}>
          Save as a table (CSV)
        </Button>
      </div>
      <p className={card.small}>
        Who opened, downloaded or exported somebody's resume, and who changed what. It cannot be changed, and
        nobody is named in it but by number: the names are looked up when you read it.
      </p>
      <AuditFilterLine filters={filters} onChange={setFilters} />
      {take.error && <ProblemNote error={take.error} />}
      <AuditList filters={filters} />
    </section>
  )
}
