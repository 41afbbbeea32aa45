/** How large resumes are shown: one choice for all of them, kept on this computer. */
import { useSyncExternalStore } from 'react'

const KEY = 'njordhr.zoom'
/** The whole width of a page: nothing is cut off until somebody makes it larger. */
export const FIT = 1
const STEPS = [0.6, 0.8, FIT, 1.2, 1.4, 1.7, 2.1, 2.6] as const

const listeners = new Set<() => void>()

export function readZoom(storage: Pick<Storage, 'getItem'>): number {
  const kept = Number(storage.getItem(KEY))
  return STEPS.find((step) => step === kept) ?? FIT
}

/** The next size up (1) or down (-1); the last one stays. */
export function nextZoom(zoom: number, direction: 1 | -1): number {
  const at = (STEPS as readonly number[]).indexOf(zoom)
  return STEPS[Math.min(STEPS.length - 1, Math.max(0, at + direction))] ?? zoom
}

export function writeZoom(storage: Pick<Storage, 'setItem'>, zoom: number): void {
  storage.setItem(KEY, String(zoom))
}

export function useZoom(): [number, (zoom: number) => void] {
  const zoom = useSyncExternalStore(subscribe, () => readZoom(window.localStorage))
  return [zoom, change]
}

function change(zoom: number): void {
  writeZoom(window.localStorage, zoom)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
