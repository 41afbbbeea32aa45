/** What was read from a resume, beside it. What it does not say is not shown. */
import type { ReactNode } from 'react'
import type { Certificate, Document, ResumeFacts, SeaService } from '../generated/types'
import { dayText } from '../words/dates'
import { counted } from '../words/numbers'
import { ExpiryText } from './ExpiryText'
import styles from './resume.module.css'

export function FactsView({ facts }: { facts: ResumeFacts }) {
  const pairs: [string, string][] = [
    ['Present rank', facts.present_rank],
    ['Applied for', facts.rank_applied_for],
    ['Available', facts.availability],
    ['Nationality', facts.nationality],
    ['Country', facts.country],
    ['Born', dayText(facts.date_of_birth)],
    ['Phone', facts.mobile_no],
    ['E-mail', facts.email],
  ]
  const said = pairs.filter(([, value]) => value !== '')
  return (
    <div className={styles.facts}>
      {said.length > 0 && (
        <dl className={styles.list}>
          {said.map(([name, value]) => (
            <div key={name} className={styles.pair}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <Group title="Documents, valid until" count={facts.documents.length}>
        {facts.documents.map((document) => (
          <DocumentLine
            key={`${document.kind} ${document.number} ${document.issued_on}`}
            document={document}
          />
        ))}
      </Group>
      <Group title="Certificates, valid until" count={facts.certificates.length}>
        {facts.certificates.map((certificate) => (
          <CertificateLine key={`${certificate.name} ${certificate.number}`} certificate={certificate} />
        ))}
      </Group>
      <Group
        title={`Sea service, ${counted(facts.sea_service.length, 'ship')}`}
        count={facts.sea_service.length}
      >
        {facts.sea_service.map((service) => (
          <ServiceLine
            key={`${service.vessel} ${service.signed_on} ${service.signed_off}`}
            service={service}
          />
        ))}
      </Group>
    </div>
  )
}

function Group({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  if (count === 0) return null
  return (
    <section className={styles.group}>
      <h3>{title}</h3>
      <ul className={styles.list}>{children}</ul>
    </section>
  )
}

function DocumentLine({ document }: { document: Document }) {
  return (
    <li className={styles.line}>
      <span>
        {document.kind} <span className={styles.soft}>{document.number}</span>
      </span>
      <ExpiryText date={document.expires_on} />
    </li>
  )
}

function CertificateLine({ certificate }: { certificate: Certificate }) {
  return (
    <li className={styles.line}>
      <span>
        {certificate.name} <span className={styles.soft}>{certificate.authority}</span>
      </span>
      <ExpiryText date={certificate.expires_on} />
    </li>
  )
}

function ServiceLine({ service }: { service: SeaService }) {
  const dates = [dayText(service.signed_on), dayText(service.signed_off)]
    .filter((day) => day !== '')
    .join(' – ')
  const about = [
    service.rank,
    service.vessel_type,
    service.tonnage && `${service.tonnage} t`,
    service.company,
  ]
  return (
    <li className={styles.ship}>
      <span>{service.vessel}</span>
      <span className={styles.soft}>{about.filter(Boolean).join(' · ')}</span>
      <span className={styles.soft}>{dates}</span>
    </li>
  )
}

/** The texts of these facts that can be marked in the pages. */
export function factMarks(facts: ResumeFacts): string[] {
  const texts = [
    facts.name,
    facts.present_rank,
    facts.rank_applied_for,
    facts.mobile_no,
    facts.email,
    facts.availability,
    facts.nationality,
    ...facts.documents.map((document) => document.number),
    ...facts.sea_service.flatMap((service) => [service.vessel, service.rank]),
  ]
  return [...new Set(texts.filter((text) => text.length >= 3))]
}
