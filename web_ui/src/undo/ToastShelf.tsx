/** Where the toasts stand, and Ctrl+Z. */
import { Button, CloseButton } from '@mantine/core'
import { createContext, type ReactNode, use, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { supportCode } from '../api/problem'
import { useKeys } from '../keys/keys'
import { CodeButton } from '../problem/ProblemNote'
import { DoneIcon, FailIcon } from '../shell/icons'
import { type Toast, Toasts } from './toasts'
import styles from './toasts.module.css'

const ToastsContext = createContext<Toasts | null>(null)

export function ToastsProvider({ children }: { children: ReactNode }) {
  const toasts = useMemo(() => new Toasts(), [])
  return <ToastsContext value={toasts}>{children}</ToastsContext>
}

export function useToasts(): Toasts {
  const toasts = use(ToastsContext)
  if (toasts === null) throw new Error('ToastsProvider is missing')
  return toasts
}

export function ToastShelf() {
  const toasts = useToasts()
  const shown = useSyncExternalStore(toasts.subscribe, toasts.current)
  const now = useNow(shown.length > 0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is over goes as the time passes
  useEffect(() => toasts.sweep(), [now, toasts])
  useKeys('Everywhere', [
    { key: 'Ctrl+z', does: 'Undo the last step, within 30 seconds', run: () => void toasts.undoNewest() },
  ])
  // What went wrong wants reading, and has a place of its own, where it covers nothing.
  return (
    <div className={styles.shelf} role="status" aria-live="polite">
      {shown
        .filter((toast) => toast.error)
        .slice(-2)
        .map((toast) => (
          <ToastView key={toast.id} toast={toast} now={now} />
        ))}
    </div>
  )
}

/** The newest step that was done, with its undo, inside the bottom strip: it covers nothing and moves nothing. */
export function ToastLine() {
  const toasts = useToasts()
  const shown = useSyncExternalStore(toasts.subscribe, toasts.current)
  const now = useNow(shown.length > 0)
  // Older steps can still be undone with Ctrl+Z, one after the other.
  const toast = shown.findLast(({ error }) => !error)
  const seconds = toast ? Math.max(0, Math.ceil((toast.until - now) / 1000)) : 0
  return (
    <span className={styles.line} role="status" aria-live="polite" data-any={toast !== undefined}>
      {toast && (
        <>
          <DoneIcon className={styles.lineIcon} />
          <span className={styles.lineText} title={toast.text}>
            {toast.text}
          </span>
          {toast.undo && (
            <button type="button" className={styles.lineUndo} onClick={() => toasts.runUndo(toast)}>
              Undo<span aria-hidden="true"> ({seconds} s)</span>
            </button>
          )}
        </>
      )}
    </span>
  )
}

/** The time, told each second while somebody counts. */
function useNow(counts: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!counts) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [counts])
  return now
}

function ToastView({ toast, now }: { toast: Toast; now: number }) {
  const toasts = useToasts()
  const seconds = Math.max(0, Math.ceil((toast.until - now) / 1000))
  return (
    <div className={styles.toast} data-tone={toast.error ? 'bad' : 'good'}>
      {toast.error ? <FailIcon className={styles.icon} /> : <DoneIcon className={styles.icon} />}
      <div className={styles.words}>
        {toast.text && <p className={styles.text}>{toast.text}</p>}
        {toast.error && (
          <>
            <p className={toast.text ? undefined : styles.text}>{toast.error.words.sentence}</p>
            <p>{toast.error.words.nextStep}</p>
            <CodeButton code={supportCode(toast.error)} />
          </>
        )}
      </div>
      {toast.undo && (
        <Button size="compact-sm" variant="default" onClick={() => toasts.runUndo(toast)}>
          Undo <span aria-hidden="true">&nbsp;({seconds} s)</span>
        </Button>
      )}
      <CloseButton size="sm" aria-label="Close this message" onClick={() => toasts.close(toast.id)} />
    </div>
  )
}
