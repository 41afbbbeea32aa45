/** Keyboard shortcuts: who listens for which key, when a key is for the field that has the focus, and the list of `?`. */
import { createContext, type ReactNode, use, useEffect, useMemo, useRef } from 'react'
import { KeyRegistry } from './registry'

export interface KeyBinding {
  /** Such as `j`, `Ctrl+Enter`, `Escape`, `1`. */
  key: string
  /** What it does, for the list of keys. */
  does: string
  /** Absent: a field listens for the key itself, and it is only listed. */
  run?(): void
  /** Also while a field has the focus; only for keys with Ctrl, or Escape. */
  whileTyping?: boolean
}

const KeysContext = createContext<KeyRegistry | null>(null)

export function KeysProvider({ children }: { children: ReactNode }) {
  const registry = useMemo(() => new KeyRegistry(), [])
  useEffect(() => {
    const listen = (event: KeyboardEvent) => registry.handle(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [registry])
  return <KeysContext value={registry}>{children}</KeysContext>
}

export function useKeyRegistry(): KeyRegistry {
  const registry = use(KeysContext)
  if (registry === null) throw new Error('KeysProvider is missing')
  return registry
}

/** Listen for these keys while the component is shown. A later component is asked first. */
export function useKeys(scope: string, bindings: readonly KeyBinding[]): void {
  const registry = useKeyRegistry()
  const newest = useRef(bindings)
  useEffect(() => {
    newest.current = bindings
  })
  useEffect(() => registry.add(scope, () => newest.current), [registry, scope])
}
