/** How long a code is still good. */
import { useEffect, useState } from 'react'

/** Whole seconds until `expiresAt`, at least 0; null without one. */
export function secondsLeft(expiresAt: string | null, now: number): number | null {
  if (expiresAt === null) return null
  return Math.max(0, Math.ceil((Date.parse(expiresAt) - now) / 1000))
}

export function useSecondsLeft(expiresAt: string | null): number | null {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (expiresAt === null) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [expiresAt])
  return secondsLeft(expiresAt, now)
}
