/** The export of this page: one at a time. It goes on while other screens are shown. */
import { createContext, type ReactNode, use, useMemo, useRef, useState } from 'react'
import { useApis } from '../api/context'
import { asApiError } from '../api/problem'
import type { ExportRequest } from '../generated/types'
import { useHealth } from '../shell/health'
import { useToasts } from '../undo/ToastShelf'
import { ExportDialog } from './ExportDialog'
import { BEGUN, byAgent, byCloud, type Exporting } from './exporting'

interface ExportsState {
  current: Exporting | null
  start(request: ExportRequest): void
  /** Show how far it is. */
  look(): void
}

const ExportsContext = createContext<ExportsState | null>(null)

export function useExports(): ExportsState {
  const exports = use(ExportsContext)
  if (exports === null) throw new Error('ExportsProvider is missing')
  return exports
}

export function ExportsProvider({ children }: { children: ReactNode }) {
  const { agent, cloud } = useApis()
  const { data: health } = useHealth()
  const toasts = useToasts()
  const hasWindow = useRef(false)
  hasWindow.current = health?.native_dialogs ?? false
  const [current, setCurrent] = useState<Exporting | null>(null)
  const [shown, setShown] = useState(false)
  const isShown = useRef(false)
  isShown.current = shown
  const stop = useRef<AbortController | null>(null)
  const carrier = useMemo(
    () => (agent === null ? byCloud(cloud) : byAgent(agent, () => hasWindow.current)),
    [agent, cloud],
  )
  const start = (request: ExportRequest) => {
    setShown(true)
    if (current?.state === 'running') return
    const control = new AbortController()
    stop.current = control
    setCurrent(BEGUN)
    let last = BEGUN
    const onChange = (now: Exporting) => {
      last = now
      setCurrent(now)
    }
    carrier.run(request, onChange, control.signal).then(
      () => {
        if (!isShown.current && last.state === 'done') toasts.say(`Exported: ${last.sentence}`)
      },
      (error: unknown) => {
        if (asApiError(error).reason === 'export.cancelled') {
          // The person closed the dialog in which a place was to be chosen.
          setCurrent(null)
          setShown(false)
          return
        }
        setCurrent({ ...last, state: 'failed', error: asApiError(error) })
        if (!isShown.current) toasts.fail(error, 'Not exported')
      },
    )
  }
  const value = { current, start, look: () => setShown(true) }
  return (
    <ExportsContext value={value}>
      {children}
      <ExportDialog
        opened={shown}
        exporting={current}
        onCancel={() => stop.current?.abort()}
        onClose={() => setShown(false)}
      />
    </ExportsContext>
  )
}
