/** What an update is called in words, and what of it is worth a line above the screens. */
import type { UpdateState, UpdateView } from '../generated/types'
import { clockText, momentText } from '../words/dates'
import { bytesText } from '../words/numbers'

const READY: ReadonlySet<UpdateState> = new Set<UpdateState>(['ready', 'pending'])

/** Whether the new version is whole on this computer and can be started. */
export function isReady(update: UpdateView): boolean {
  return READY.has(update.state)
}

/** Whether it moves by itself just now, so that it is looked at every second. */
export function isMoving(update: UpdateView): boolean {
  const moving: UpdateState[] = ['checking', 'downloading', 'verified', 'staged', 'probation']
  return update.is_checking || moving.includes(update.state)
}

/** Where an update stands, in one sentence. */
export function stateText(update: UpdateView): string {
  const next = `Version ${update.offered ?? ''}`
  switch (update.state) {
    case 'checking':
      return 'Looking for a new version…'
    case 'held':
      return `${next} is out, and is not for this computer now.`
    case 'offered':
      return update.is_writable
        ? `${next} is out and will be fetched.`
        : `${next} is out. NjordHR is installed here for everybody of this computer, so whoever manages it has to install the new version.`
    case 'downloading':
      return `Fetching version ${update.offered ?? ''}: ${progressText(update)}`
    case 'paused':
      return `Fetching version ${update.offered ?? ''} is paused: ${progressText(update)}`
    case 'verified':
    case 'staged':
      return `${next} has arrived and is put beside the one that runs.`
    case 'ready':
    case 'pending':
      return readyText(update)
    case 'probation':
      return `Version ${update.version} was just installed and looks whether all of it works here.`
    case 'failed':
      return 'The new version could not be taken. The one you use is as it was.'
    default:
      return update.checked_at && !update.not_confirmed
        ? 'This is the newest version for this computer.'
        : 'Nobody has looked for a new version yet.'
  }
}

/** When the version that is ready starts. */
export function readyText(update: UpdateView): string {
  const ready = `Version ${update.offered ?? ''} is ready.`
  if (update.restart === 'now') return `${ready} NjordHR restarts…`
  if (update.restart === 'tonight')
    return update.restart_at
      ? `${ready} NjordHR restarts tonight at about ${clockText(update.restart_at)}, if no download runs.`
      : `${ready} NjordHR restarts tonight.`
  return `${ready} It starts when NjordHR is started next.`
}

function progressText({ done_bytes, total_bytes }: UpdateView): string {
  return `${bytesText(done_bytes)} of ${bytesText(total_bytes)}`
}

/** How far it is, 0 to 100. */
export function percentOf({ done_bytes, total_bytes }: UpdateView): number {
  return total_bytes > 0 ? Math.min(100, Math.floor((done_bytes * 100) / total_bytes)) : 0
}

/** Since when it is not confirmed that nothing newer is kept back; empty while it is. */
export function notConfirmedText(update: UpdateView): string {
  if (!update.not_confirmed) return ''
  return update.checked_at
    ? `It could not be confirmed since ${momentText(update.checked_at)} that this is the newest version.`
    : 'It could not be confirmed yet that this is the newest version.'
}

/** How the last update ended; empty when there was none. */
export function endedText({ ended }: UpdateView): string {
  if (!ended) return ''
  const at = momentText(ended.at)
  if (ended.result === 'committed') return `Updated from ${ended.from_version} to ${ended.to_version}, ${at}`
  return ended.result === 'rolled_back'
    ? `Version ${ended.to_version} did not work on this computer, so ${ended.from_version} runs again, ${at}`
    : `Version ${ended.to_version} was not taken, ${at}`
}

export type Banner = { kind: 'held' | 'back' | 'ready' | 'urgent' | 'unsafe'; key: string }

/** The one line above the screens, if any; `seen` has the keys of those that were put away. */
export function bannerOf(update: UpdateView, seen: ReadonlySet<string>): Banner | null {
  if (!update.updates_itself) return null
  if (update.state === 'probation') return { kind: 'held', key: '' }
  const pressing = update.is_critical || update.is_unsafe
  if (isReady(update) && pressing) return { kind: 'urgent', key: '' }
  if (update.is_unsafe) return { kind: 'unsafe', key: '' }
  const { ended } = update
  if (ended?.result === 'rolled_back' && !seen.has(ended.id)) return { kind: 'back', key: ended.id }
  const key = `${update.offered ?? ''} ${update.restart ?? ''}`
  return isReady(update) && !seen.has(key) ? { kind: 'ready', key } : null
}
