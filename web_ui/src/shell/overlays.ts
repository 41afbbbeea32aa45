/** Which of the overlays that belong to every screen is open. */
import { useSyncExternalStore } from 'react'

export interface Overlay {
  opened: boolean
  open(): void
  close(): void
}

function overlay() {
  const listeners = new Set<() => void>()
  let state: Overlay = { opened: false, open: () => set(true), close: () => set(false) }
  function set(opened: boolean): void {
    state = { ...state, opened }
    for (const listener of listeners) listener()
  }
  function subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return (): Overlay => useSyncExternalStore(subscribe, () => state)
}

/** "Find anyone" (Ctrl+K). */
export const useFindOverlay = overlay()

/** The list of keys (`?`). */
export const useKeyListOverlay = overlay()
