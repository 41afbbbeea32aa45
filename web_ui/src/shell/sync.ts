/** How far this computer and the office are together, in the office's own four words. */
import { REASONS } from '../generated/reasons'
import type { Health } from '../generated/types'
import { counted } from '../words/numbers'

export type SyncWord = 'Local only' | 'Sync pending' | 'Synced' | 'Sync failed'

export interface SyncState {
  word: SyncWord
  /** What it means for the person's work. */
  meaning: string
}

export function syncState(health: Health): SyncState {
  const { waiting, parked, uploads_waiting: uploads } = health.outbox
  const open = waiting + uploads
  if (!health.pairing.paired) {
    return {
      word: 'Local only',
      meaning: 'This computer is not connected to an office. Downloads stay here.',
    }
  }
  if (health.cloud === 'off') {
    return { word: 'Local only', meaning: `Sending is switched off in Settings. ${waitingText(open)}` }
  }
  if (parked > 0) {
    const which = counted(parked, 'record was', 'records were')
    return { word: 'Sync failed', meaning: `${which} not taken by the office. See why in Settings.` }
  }
  if (health.cloud === 'unreachable') {
    const words = REASONS[health.cloud_reason ?? 'cloud.unreachable']
    return { word: 'Sync failed', meaning: `${words.sentence} ${words.nextStep} ${waitingText(open)}` }
  }
  if (open > 0) return { word: 'Sync pending', meaning: waitingText(open) }
  return { word: 'Synced', meaning: 'Everything from this computer is with the office.' }
}

function waitingText(open: number): string {
  if (open === 0) return 'Nothing waits to be sent.'
  return `${counted(open, 'record waits', 'records wait')} to be sent.`
}
