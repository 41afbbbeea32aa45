/** The browser that works for NjordHR, with what is wrong with it and where to get one. */
import { Anchor, Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useAgent } from '../api/context'
import { reasonWords } from '../api/problem'
import type { BrowserView } from '../generated/types'
import { CodeButton, ProblemNote } from '../problem/ProblemNote'
import { Pair } from './Pair'

export function BrowserPair({ browser }: { browser: BrowserView | undefined }) {
  const agent = useAgent()
  const queries = useQueryClient()
  const look = useMutation({
    mutationFn: agent.lookAtBrowser,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['agent', 'status'] }),
  })
  if (browser === undefined) return <Pair name="Browser">Being looked at…</Pair>
  const words = browser.reason && reasonWords(browser.reason)
  return (
    <Pair name="Browser" tone={words ? 'bad' : 'good'}>
      {browser.name
        ? `${browser.name} ${browser.version}, ${driverText(browser.driver_version ?? null)}`
        : 'None found'}
      {words && (
        <>
          <br />
          <strong>{words.sentence}</strong> {words.nextStep}{' '}
          <Anchor
            href={browser.download_url}
            target="_blank"
            rel="noopener noreferrer"
            inherit
            underline="always"
          >
            Get one
          </Anchor>{' '}
          <Button variant="default" size="compact-xs" loading={look.isPending} onClick={() => look.mutate()}>
            Look again
          </Button>{' '}
          <CodeButton code={browser.reason ?? ''} />
        </>
      )}
      {look.error && <ProblemNote error={look.error} />}
    </Pair>
  )
}

function driverText(version: string | null): string {
  return version === null ? 'its driver is fetched when it is needed' : `driver ${version}`
}
