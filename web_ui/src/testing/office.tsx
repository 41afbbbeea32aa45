/** The whole page against an office that answers from memory, for tests of what people see. */
import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { act, render } from '@testing-library/react'
import { vi } from 'vitest'
import { ApisProvider, buildApis } from '../api/context'
import type { CandidatePanel, DashboardData, DashboardRow, Me, Reason } from '../generated/types'
import { KeysProvider } from '../keys/keys'
import { buildRouter } from '../shell/router'
import { SessionProvider } from '../shell/session'
import { ToastsProvider } from '../undo/ToastShelf'

export const ME: Me = {
  user_id: 'u1',
  email: 'ingrid@fjord.example.com',
  full_name: 'Ingrid Havstrøm',
  organisation_id: 'o1',
  organisation_name: 'Fjord Crewing',
  role: 'recruiter',
  actions: ['candidates.set-status'],
}

export function rowOf(id: string, change: Partial<DashboardRow> = {}): DashboardRow {
  return {
    candidate_id: id,
    candidate_external_id: '0042',
    name: `Person ${id}`,
    present_rank: '2nd Officer',
    rank_applied_for: '2nd Officer',
    status: 'New',
    mobile_no: '+94 077 555 0121',
    email: 'a@example.com',
    country: 'Sri Lanka',
    availability: '',
    next_expiry: null,
    notes: '',
    call_back_on: null,
    call_back_is_mine: false,
    touched_by: 'Leif',
    touched_at: '2026-11-12T08:00:00Z',
    version: 1,
    allowed_statuses: ['Contacted'],
    ...change,
  }
}

export function pageOf(rows: DashboardRow[]): DashboardData {
  return {
    rows,
    next_cursor: null,
    seq: 1,
    total: rows.length,
    to_review: 0,
    my_call_backs: 0,
    call_backs_due: 0,
    rank_counts: [],
  }
}

export function panelOf(row: DashboardRow): CandidatePanel {
  return { ...row, call_back_by: '', date_of_birth: null, review_state: 'verified', resumes: [] }
}

interface Refusal {
  refusal: Reason
  status: number
  facts?: object
}

type Answer = object | Refusal | Response

/** What the office answers, by `METHOD /path`; change it in the middle of a test. */
export class Office {
  readonly answers = new Map<string, Answer | (() => Answer)>([
    ['GET /api/me', ME],
    ['GET /api/review', { items: [], next_cursor: null, total: 0 }],
  ])
  readonly asked: { what: string; body: unknown }[] = []
  readonly queries = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } })

  set(what: string, answer: Answer | (() => Answer)): void {
    this.answers.set(what, answer)
  }

  refuse(what: string, refusal: Reason, status: number, facts: object = {}): void {
    this.set(what, { refusal, status, facts })
  }

  /** Open the stream of changes, and return how to tell a number of it. */
  async stream(): Promise<(seq: number) => Promise<void>> {
    let told: ReadableStreamDefaultController<Uint8Array> | undefined
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        told = controller
      },
    })
    this.set('GET /api/dashboard/stream', new Response(body))
    const text = new TextEncoder()
    return (seq) =>
      act(async () => {
        told?.enqueue(text.encode(`id: ${seq}\nevent: changes\ndata: {"seq": ${seq}}\n\n`))
        await new Promise((resolve) => setTimeout(resolve))
      })
  }

  /** Ask for everything again, as the page does by itself every few seconds. */
  async readAgain(): Promise<void> {
    await act(() => this.queries.refetchQueries({ type: 'active' }))
  }

  /** Open the page; with `invitation` as somebody who has a link and is not signed in. */
  open(path: string, invitation = '', { signedIn = invitation === '' } = {}) {
    vi.stubGlobal('fetch', async (input: string, init?: RequestInit) => this.answer(input, init))
    for (const side of ['clientHeight', 'clientWidth'] as const) {
      vi.spyOn(Element.prototype, side, 'get').mockReturnValue(600)
    }
    const storage = window.sessionStorage
    const session = JSON.stringify({ access_token: 't', refresh_token: 'r', me: ME })
    if (signedIn) storage.setItem('njordhr.cloud-session', session)
    else storage.removeItem('njordhr.cloud-session')
    window.history.replaceState(null, '', import.meta.env.BASE_URL + path)
    const apis = buildApis(
      { mode: 'cloud', apiBaseUrl: 'https://office.example.com', demo: null },
      storage,
      invitation,
    )
    return render(
      <MantineProvider env="test">
        <QueryClientProvider client={this.queries}>
          <ApisProvider apis={apis}>
            <KeysProvider>
              <ToastsProvider>
                <SessionProvider>
                  <RouterProvider router={buildRouter('/dashboard')} />
                </SessionProvider>
              </ToastsProvider>
            </KeysProvider>
          </ApisProvider>
        </QueryClientProvider>
      </MantineProvider>,
    )
  }

  private answer(input: string, init: RequestInit = {}): Response {
    const what = `${init.method ?? 'GET'} ${new URL(input).pathname}`
    this.asked.push({ what, body: init.body ? JSON.parse(String(init.body)) : null })
    const found = this.answers.get(what)
    const answer = typeof found === 'function' ? (found as () => Answer)() : found
    if (answer === undefined) return problem({ refusal: 'request.not-found', status: 404 })
    if (answer instanceof Response) return answer
    return 'refusal' in answer ? problem(answer as Refusal) : Response.json(answer)
  }
}

function problem({ refusal, status, facts }: Refusal): Response {
  const body = { type: '', title: '', status, reason: refusal, next_step: '', detail: '', facts: facts ?? {} }
  return Response.json(body, { status, headers: { 'Content-Type': 'application/problem+json' } })
}
