/** The keys that are listened for now, and the rules of when a key counts. */
import type { KeyBinding } from './keys'

export interface KeyScope {
  scope: string
  bindings(): readonly KeyBinding[]
}

export type KeyStroke = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** The name of a stroke, as bindings write it; Cmd of a Mac counts as Ctrl. */
export function strokeName(event: KeyStroke): string {
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toLowerCase() : event.key
  const parts = [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', key]
  return parts.filter((part) => part !== '').join('+')
}

/** Whether the focus is in something that takes letters. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT') return true
  if (target.getAttribute('role') === 'combobox') return true
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  )
}

/** Whether the focused thing uses this key itself, as a button does Enter and Space. */
function isTaken(name: string, target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null) return true
  const acts = target.closest('button, a[href], input, summary, [role="tab"]') !== null
  return acts && (name === 'Enter' || name === 'Space')
}

/** Whether a dialog is open and the focus is nowhere, as when a button of it is busy: the page behind it must not act. */
function isBehindDialog(target: EventTarget | null): boolean {
  return target === document.body && document.querySelector('[role="dialog"][aria-modal="true"]') !== null
}

export class KeyRegistry {
  private scopes: KeyScope[] = []

  add(scope: string, bindings: () => readonly KeyBinding[]): () => void {
    const entry = { scope, bindings }
    this.scopes = [...this.scopes, entry]
    return () => {
      this.scopes = this.scopes.filter((other) => other !== entry)
    }
  }

  /** Every scope with its keys, for the list. */
  list(): { scope: string; bindings: readonly KeyBinding[] }[] {
    return this.scopes
      .map(({ scope, bindings }) => ({ scope, bindings: bindings() }))
      .filter(({ bindings }) => bindings.length > 0)
  }

  handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return
    const name = strokeName(event)
    const typing = isTyping(event.target)
    if (!typing && (isTaken(name, event.target) || isBehindDialog(event.target))) return
    for (const { bindings } of [...this.scopes].reverse()) {
      const binding = bindings().find((candidate) => candidate.key === name && candidate.run !== undefined)
      if (binding === undefined || (typing && !binding.whileTyping)) continue
      event.preventDefault()
      binding.run?.()
      return
    }
  }
}
