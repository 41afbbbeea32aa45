/** The addresses of the product. The screens themselves are kept alive by the shell. */
import { createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router'
import type { CandidateStatus } from '../generated/types'
import { STATUSES } from '../generated/vocabulary'
import { StartPage } from '../signin/SignInPage'
import { AppFrame } from './AppFrame'

/** The dashboard's filters as they stand in the address, and whose panel is open. */
export interface DashboardSearch {
  rank?: string
  status?: CandidateStatus
  archive?: boolean
  q?: string
  country?: string
  /** Only whom the reader wants to call back. */
  calls?: boolean
  person?: string
}

export function dashboardSearch(raw: Record<string, unknown>): DashboardSearch {
  const text = (value: unknown) =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  const status = STATUSES.find((known) => known === raw.status)
  const search: DashboardSearch = {}
  if (text(raw.rank)) search.rank = text(raw.rank)
  if (status) search.status = status
  if (raw.archive === true || raw.archive === 'true') search.archive = true
  if (text(raw.q)) search.q = text(raw.q)
  if (text(raw.country)) search.country = text(raw.country)
  if (raw.calls === true || raw.calls === 'true') search.calls = true
  if (text(raw.person)) search.person = text(raw.person)
  return search
}

const rootRoute = createRootRoute({
  component: AppFrame,
  errorComponent: ({ error }) => <StartPage error={error} />,
})
const none = () => null

function build(home: '/download' | '/dashboard') {
  const start = createRoute({
    getParentRoute: () => rootRoute,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: home, replace: true })
    },
  })
  const elsewhere = createRoute({
    getParentRoute: () => rootRoute,
    path: '$',
    beforeLoad: () => {
      throw redirect({ to: home, replace: true })
    },
  })
  const download = createRoute({ getParentRoute: () => rootRoute, path: '/download', component: none })
  const review = createRoute({ getParentRoute: () => rootRoute, path: '/review', component: none })
  const dashboard = createRoute({
    getParentRoute: () => rootRoute,
    path: '/dashboard',
    component: none,
    validateSearch: dashboardSearch,
  })
  const guide = createRoute({ getParentRoute: () => rootRoute, path: '/guide', component: none })
  const settings = createRoute({ getParentRoute: () => rootRoute, path: '/settings', component: none })
  const people = createRoute({ getParentRoute: () => rootRoute, path: '/people', component: none })
  const operations = createRoute({ getParentRoute: () => rootRoute, path: '/operations', component: none })
  const routeTree = rootRoute.addChildren([
    start,
    elsewhere,
    download,
    review,
    dashboard,
    guide,
    settings,
    people,
    operations,
  ])
  return createRouter({ routeTree, basepath: import.meta.env.BASE_URL.replace(/\/$/, '') })
}

export type AppRouter = ReturnType<typeof build>
export const buildRouter = build

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter
  }
}
