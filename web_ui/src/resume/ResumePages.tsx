/** The pages of a resume, as wide as there is room. */
import { ActionIcon, Button, Loader } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { ApiError } from '../api/problem'
import { AskComputer } from '../candidate/AskComputer'
import type { ResumeFacts } from '../generated/types'
import { useKeys } from '../keys/keys'
import { ProblemNote } from '../problem/ProblemNote'
import { ScrollRegion } from '../shell/ScrollRegion'
import { factMarks } from './FactsView'
import { markPlaces } from './places'
import { markFacts, openPdf } from './renderPdf'
import styles from './resume.module.css'
import { ShowInFolder } from './ShowInFolder'
import { isNotInCloud, type ResumeKey, useResumeBytes } from './useResumeBytes'
import { useShownFact } from './useShownFact'
import { FIT, nextZoom, useZoom } from './zoom'

const nothing = () => {}

interface Props {
  resume: ResumeKey
  /** What was read, to be marked in the pages; null while it is not there yet. */
  facts: ResumeFacts | null
  /** The path of a fact that somebody wants to see; `onShown` is called when it is seen. */
  wanted?: string | null
  onShown?: () => void
}

export function ResumePages({ resume, facts, wanted = null, onShown = nothing }: Props) {
  const { data, error, isFetching, refetch } = useResumeBytes(resume)
  const { ref, width } = useElementSize<HTMLElement>()
  const [zoom, changeZoom] = useZoom()
  useKeys('Resume', [
    { key: '+', does: 'Larger', run: () => changeZoom(nextZoom(zoom, 1)) },
    { key: '-', does: 'Smaller', run: () => changeZoom(nextZoom(zoom, -1)) },
    { key: '0', does: 'The whole width', run: () => changeZoom(FIT) },
  ])
  return (
    <div className={styles.frame}>
      <ScrollRegion className={styles.pages} ref={ref} label="Resume">
        {isFetching && !data && <Opening />}
        {error && !data && !isNotInCloud(error) && (
          <ProblemNote error={error} onRetry={() => void refetch()} />
        )}
        {isNotInCloud(error) && !data && (
          <AskComputer resumeId={resume.resume_id} onStored={() => void refetch()} />
        )}
        {data && width > 0 && (
          <Drawing
            key={resume.resume_id}
            bytes={data}
            width={Math.floor(width * zoom)}
            facts={facts}
            wanted={wanted}
            onShown={onShown}
          />
        )}
      </ScrollRegion>
      {data && (
        <div className={styles.zoom}>
          <ShowInFolder resume={resume} />
          <ActionIcon variant="default" aria-label="Smaller" onClick={() => changeZoom(nextZoom(zoom, -1))}>
            −
          </ActionIcon>
          <Button
            variant="default"
            size="compact-sm"
            className={styles.zoomWord}
            title="Show the whole width"
            onClick={() => changeZoom(FIT)}
          >
            {Math.round(zoom * 100)} %
            <span className="visually-hidden"> of the width; show the whole width</span>
          </Button>
          <ActionIcon variant="default" aria-label="Larger" onClick={() => changeZoom(nextZoom(zoom, 1))}>
            +
          </ActionIcon>
        </div>
      )}
    </div>
  )
}

function Opening() {
  return (
    <p className={styles.wait} role="status">
      <Loader size="sm" /> Opening the resume…
    </p>
  )
}

interface DrawingProps {
  bytes: ArrayBuffer
  width: number
  facts: ResumeFacts | null
  wanted: string | null
  onShown: () => void
}

function Drawing({ bytes, width, facts, wanted, onShown }: DrawingProps) {
  const container = useRef<HTMLDivElement>(null)
  const [error, setError] = useState<unknown>(null)
  const [drawn, setDrawn] = useState(0)
  useEffect(() => {
    const stop = new AbortController()
    const target = container.current
    const drawing = openPdf(bytes).then(async (pdf) => {
      try {
        if (target !== null) {
          target.style.width = `${width}px`
        }
        if (target !== null) await pdf.draw(target, width, stop.signal, () => setDrawn((pages) => pages + 1))
      } finally {
        pdf.close()
      }
    })
    drawing.then(
      () => setError(null),
      (reason: unknown) => {
        if (!stop.signal.aborted) setError(new ApiError('resume.unreadable', undefined, 0, String(reason)))
      },
    )
    return () => stop.abort()
  }, [bytes, width])
  // The facts come after the pages, and pages come one by one; neither is a reason to draw again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each drawn page has facts to mark
  useEffect(() => {
    if (container.current === null || facts === null) return
    markFacts(container.current, factMarks(facts))
    for (const sheet of container.current.children) markPlaces(sheet as HTMLElement, facts.evidence)
  }, [facts, drawn])
  const told = useShownFact(container, wanted, drawn, onShown)
  return (
    <>
      <span className="visually-hidden" role="status">
        {told}
      </span>
      {error !== null && <ProblemNote error={error} />}
      {error === null && drawn === 0 && <Opening />}
      <div ref={container} className={styles.sheets} />
    </>
  )
}
