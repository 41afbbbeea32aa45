/** What was read from a resume, beside it. What it does not say is not shown. */
import type { ReactNode } from 'react'
import type { Certificate, Document, ResumeFacts, SeaService } from '../generated/types'
import { dayText } from '../words/dates'
import { counted } from '../words/numbers'
import { ExpiryText } from './ExpiryText'
import { FactText } from './FactText'
import { placedPaths } from './places'
import styles from './resume.module.css'

interface Props {
  facts: ResumeFacts
  /** Show where a fact stands in the pages; absent when there are none. */
  onShow?: (path: string) => void
}

export function FactsView({ facts, onShow }: Props) {
  const placed = placedPaths(facts)
  const pairs: [string, string, string][] = [
    ['present_rank', 'Present rank', facts.present_rank],
    ['rank_applied_for', 'Applied for', facts.rank_applied_for],
    ['availability', 'Available', facts.availability],
    ['nationality', 'Nationality', facts.nationality],
    ['country', 'Country', facts.country],
    ['date_of_birth', 'Born', dayText(facts.date_of_birth)],
    ['mobile_no', 'Phone', facts.mobile_no],
    ['email', 'E-mail', facts.email],
  ]
  const said = pairs.filter(([, , value]) => value !== '')
  const show = { placed, onShow }
  return (
    <div className={styles.facts}>
      {said.length > 0 && (
        <dl className={styles.list}>
          {said.map(([path, name, value]) => (
            <div key={path} className={styles.pair}>
              <dt>{name}</dt>
              <dd>
                <FactText path={path} {...show}>
                  {value}
                </FactText>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <Group title="Documents, valid until" count={facts.documents.length}>
        {facts.documents.map((document, index) => (
          <DocumentLine
            key={`${document.kind} ${document.number} ${document.issued_on}`}
            document={document}
            path={`documents.${index}`}
            {...show}
          />
        ))}
      </Group>
      <Group title="Certificates, valid until" count={facts.certificates.length}>
        {facts.certificates.map((certificate, index) => (
          <CertificateLine
            key={`${certificate.name} ${certificate.number}`}
            certificate={certificate}
            path={`certificates.${index}`}
            {...show}
          />
        ))}
      </Group>
      <Group
        title={`Sea service, ${counted(facts.sea_service.length, 'ship')}`}
        count={facts.sea_service.length}
      >
        {facts.sea_service.map((service, index) => (
          <ServiceLine
            key={`${service.vessel} ${service.signed_on} ${service.signed_off}`}
            service={service}
            path={`sea_service.${index}`}
            {...show}
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

interface LineProps {
  path: string
  placed: ReadonlySet<string>
  onShow: ((path: string) => void) | undefined
}

function DocumentLine({ document, path, ...show }: LineProps & { document: Document }) {
  return (
    <li className={styles.line}>
      <FactText path={path} {...show}>
        <span>
          {document.kind} <span className={styles.soft}>{document.number}</span>
        </span>
      </FactText>
      <FactText path={`${path}.expires_on`} {...show}>
        <ExpiryText date={document.expires_on} />
      </FactText>
    </li>
  )
}

function CertificateLine({ certificate, path, ...show }: LineProps & { certificate: Certificate }) {
  return (
    <li className={styles.line}>
      <FactText path={path} {...show}>
        <span>
          {certificate.name} <span className={styles.soft}>{certificate.authority}</span>
        </span>
      </FactText>
      <FactText path={`${path}.expires_on`} {...show}>
        <ExpiryText date={certificate.expires_on} />
      </FactText>
    </li>
  )
}

function ServiceLine({ service, path, ...show }: LineProps & { service: SeaService }) {
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
      <FactText path={path} {...show}>
        {service.vessel || 'A ship without a name'}
      </FactText>
      <span className={styles.soft}>{about.filter(Boolean).join(' · ')}</span>
      <span className={styles.soft}>{dates}</span>
    </li>
  )
}

/** The texts that can be marked in the pages instead of places: facts of an old reader have no places. */
export function factMarks(facts: ResumeFacts): string[] {
  if (facts.evidence.length > 0) return []
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
