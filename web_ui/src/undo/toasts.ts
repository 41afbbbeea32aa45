/** Short messages at the bottom of the page, some of which offer an undo for 30 seconds. */
import { type ApiError, asApiError } from '../api/problem'

export const UNDO_MS = 30_000
const WORDS_MS = 6_000

export interface Toast {
  id: number
  text: string
  error?: ApiError
  undo?: () => Promise<void>
  /** When it goes by itself; errors stay until they are closed. */
  until: number
}

type Listener = () => void

export class Toasts {
  private toasts: readonly Toast[] = []
  private readonly listeners = new Set<Listener>()
  private nextId = 1

  constructor(private readonly now: () => number = Date.now) {}

  readonly subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly current = (): readonly Toast[] => this.toasts

  say(text: string): void {
    this.add({ text, until: this.now() + WORDS_MS })
  }

  fail(error: unknown, text = ''): void {
    this.add({ text, error: asApiError(error), until: Number.POSITIVE_INFINITY })
  }

  /** Returns the toast's number, for when there turns out to be nothing to take back. */
  offerUndo(text: string, undo: () => Promise<void>): number {
    return this.add({ text, undo, until: this.now() + UNDO_MS })
  }

  close(id: number): void {
    this.set(this.toasts.filter((toast) => toast.id !== id))
  }

  /** Take back the newest step that still offers it; false when there is none. */
  undoNewest(): boolean {
    const toast = this.toasts.findLast(
      (candidate) => candidate.undo !== undefined && candidate.until > this.now(),
    )
    if (toast === undefined) return false
    this.runUndo(toast)
    return true
  }

  runUndo(toast: Toast): void {
    if (toast.undo === undefined) return
    this.close(toast.id)
    toast.undo().then(
      () => this.say(`Undone: ${toast.text}`),
      (error: unknown) => this.fail(error, `Not undone: ${toast.text}`),
    )
  }

  sweep(): void {
    const kept = this.toasts.filter((toast) => toast.until > this.now())
    if (kept.length < this.toasts.length) this.set(kept)
  }

  private add(toast: Omit<Toast, 'id'>): number {
    const id = this.nextId++
    this.set([...this.toasts.slice(-9), { ...toast, id }])
    return id
  }

  private set(toasts: readonly Toast[]): void {
    this.toasts = toasts
    for (const listener of this.listeners) listener()
  }
}
