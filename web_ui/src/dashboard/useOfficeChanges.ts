/** The number of the office's newest change, told by a stream as it happens. */
import { useEffect, useState } from 'react'
import { useApis } from '../api/context'
import { follow } from '../api/stream'

export interface OfficeChanges {
  newest: number | null
  /** Whether the stream is open; else the list has to be read again and again. */
  live: boolean
}

export function useOfficeChanges(onReconnected: () => void): OfficeChanges {
  const { cloud } = useApis()
  const [newest, setNewest] = useState<number | null>(null)
  const [live, setLive] = useState(false)
  useEffect(() => {
    const stop = new AbortController()
    let broke = false
    const broken = () => {
      broke = true
      setLive(false)
    }
    follow({
      signal: stop.signal,
      open: (lastEventId, signal) => cloud.openChanges(lastEventId, signal),
      onConnected: () => {
        setLive(true)
        if (broke) onReconnected()
        broke = false
      },
      onBroken: broken,
      onEvent: ({ data }) => {
        setNewest((JSON.parse(data) as { seq: number }).seq)
        return false
      },
    }).catch(broken)
    return () => stop.abort()
  }, [cloud, onReconnected])
  return { newest, live }
}
