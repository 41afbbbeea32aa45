/** Carrying out an export: by this computer, with its own files first; in a plain browser by the office's cloud. */
import type { AgentApi } from '../api/agentApi'
import type { CloudApi } from '../api/cloudApi'
import { ApiError } from '../api/problem'
import { type Received, saveAddress, saveAnswer } from '../api/saveAnswer'
import type { ExportRequest, ExportView } from '../generated/types'
import { bytesText, counted } from '../words/numbers'

/** An export as the page shows it. */
export interface Exporting {
  people: number
  done: number
  /** By the cloud: how much of its file has come. Absent until it begins, and for one by this computer. */
  received: Received | null
  state: 'running' | 'done' | 'failed' | 'cancelled'
  /** By this computer: its last word. Absent for one that the cloud makes. */
  view: ExportView | null
  error: unknown
  sentence: string
}

export const BEGUN: Exporting = {
  people: 0,
  done: 0,
  received: null,
  state: 'running',
  view: null,
  error: null,
  sentence: '',
}

export interface Carrier {
  run(request: ExportRequest, onChange: (now: Exporting) => void, signal: AbortSignal): Promise<void>
}

const LOOK_EVERY_MS = 700

/** By the agent: it writes the file, and the page looks how far it is. */
export function byAgent(agent: AgentApi, hasWindow: () => boolean): Carrier {
  return {
    run: async (request, onChange, signal) => {
      let view = await agent.startExport({ ...request, save: hasWindow() ? 'dialog' : 'browser' })
      onChange(ofView(view))
      while (view.state === 'running') {
        if (await waited(signal)) view = await agent.cancelExport(view.export_id)
        else view = await agent.export(view.export_id)
        onChange(ofView(view))
      }
      if (view.state === 'done' && view.save === 'browser') {
        const { url, file_name } = await agent.exportTicket(view.export_id)
        saveAddress(url, file_name)
      }
    },
  }
}

/** By the cloud, as one stream that the browser saves when it is whole. */
export function byCloud(cloud: CloudApi): Carrier {
  return {
    run: async (request, onChange, signal) => {
      const { export_id, people } = await cloud.export(request)
      onChange({ ...BEGUN, people })
      try {
        await saveAnswer(await cloud.openExport(export_id, signal), 'candidates.zip', (received) =>
          onChange({ ...BEGUN, people, received }),
        )
      } catch (error) {
        if (!signal.aborted) throw error instanceof ApiError ? error : new ApiError('cloud.unreachable')
        onChange({ ...BEGUN, people, state: 'cancelled' })
        return
      }
      const sentence = `${counted(people, 'person', 'people')} exported. Who is without a resume, and why, stands in missing.csv.`
      onChange({ ...BEGUN, people, done: people, state: 'done', sentence })
    },
  }
}

function ofView(view: ExportView): Exporting {
  const { people, done, sentence, reason } = view
  const error = view.state === 'failed' && reason ? new ApiError(reason) : null
  return { people, done, received: null, state: view.state, view, error, sentence }
}

/** How far it is, in words and in per cent; per cent is null while nobody can know. */
export function progressOf({ people, done, received }: Exporting): { text: string; percent: number | null } {
  if (received?.length) {
    const percent = Math.min(100, (100 * received.bytes) / received.length)
    return { text: `${bytesText(received.bytes)} of ${bytesText(received.length)}`, percent }
  }
  if (received !== null) return { text: `${bytesText(received.bytes)} so far`, percent: null }
  if (people === 0) return { text: 'The office is asked who is in it…', percent: null }
  const percent = done === 0 ? null : (100 * done) / people
  return { text: `${done} of ${counted(people, 'person', 'people')}`, percent }
}

/** Wait a moment; tells whether somebody cancelled meanwhile. */
function waited(signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(true)
    const end = (cancelled: boolean) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      resolve(cancelled)
    }
    const onAbort = () => end(true)
    const timer = setTimeout(() => end(false), LOOK_EVERY_MS)
    signal.addEventListener('abort', onAbort)
  })
}
