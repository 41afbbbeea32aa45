/** The composition root of the web UI: configuration, access, APIs, router. */
import { MantineProvider } from '@mantine/core'
import '@mantine/core/styles.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { AgentAccess } from './api/access'
import { loadConfig } from './api/config'
import { ApisProvider, buildApis } from './api/context'
import { takeLaunchCode } from './api/launch'
import { ApiError } from './api/problem'
import { takeInvitation } from './join/invitation'
import { KeysProvider } from './keys/keys'
import { buildRouter } from './shell/router'
import { SessionProvider } from './shell/session'
import { StartPage } from './signin/SignInPage'
import './theme/tokens.css'
import './theme/base.css'
import { cssVariables, theme } from './theme/theme'
import { ToastsProvider } from './undo/ToastShelf'

const container = document.getElementById('root')
if (container === null) throw new Error('index.html has no #root')
const root = createRoot(container)

function show(content: ReactNode): void {
  root.render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        {content}
      </MantineProvider>
    </StrictMode>,
  )
}

/** A refusal is an answer; only what may be different in a moment is asked for again. */
function shouldRetry(failures: number, error: Error): boolean {
  return failures < 1 && error instanceof ApiError && (error.status === 0 || error.status >= 500)
}

async function start(): Promise<void> {
  const code = takeLaunchCode(window.location, window.history)
  const invitation = takeInvitation(window.location, window.history)
  const config = await loadConfig()
  const apis = buildApis(config, window.sessionStorage, invitation)
  if (code !== null && apis.access instanceof AgentAccess) {
    // A used code is no error while this tab still has its session: the page was only loaded again.
    await apis.access.exchange(code).catch((error: unknown) => {
      if (apis.access.token() === null && !(error instanceof ApiError && error.status > 0)) throw error
    })
  }
  const queries = new QueryClient({
    defaultOptions: {
      queries: { retry: shouldRetry, networkMode: 'always', staleTime: 1000 },
      mutations: { networkMode: 'always' },
    },
  })
  show(
    <QueryClientProvider client={queries}>
      <ApisProvider apis={apis}>
        <KeysProvider>
          <ToastsProvider>
            <SessionProvider>
              <RouterProvider router={buildRouter(config.mode === 'agent' ? '/download' : '/dashboard')} />
            </SessionProvider>
          </ToastsProvider>
        </KeysProvider>
      </ApisProvider>
    </QueryClientProvider>,
  )
}

show(<StartPage />)
start().catch((error: unknown) => show(<StartPage error={error} />))
