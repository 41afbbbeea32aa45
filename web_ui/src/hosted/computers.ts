/** The computers of the person, as the office knows them, and what is said of them. */

import type { Queued } from '../download/jobFeed'
import type { DevicePortal, DeviceView, JobView } from '../generated/types'
import { agoText } from '../words/dates'

/** The person's own connected computers, those that are on first, then by when they were last seen. */
export function ownComputers(devices: readonly DeviceView[]): DeviceView[] {
  const seen = (device: DeviceView) => (device.last_seen_at === null ? 0 : Date.parse(device.last_seen_at))
  return devices
    .filter((device) => device.is_own && device.status === 'active')
    .sort((a, b) => Number(b.is_online) - Number(a.is_online) || seen(b) - seen(a))
}

/** The computer to show: the one that was chosen while it is there, else the first. */
export function shownComputer(computers: readonly DeviceView[], chosen: string | null): DeviceView | null {
  return computers.find((device) => device.device_id === chosen) ?? computers[0] ?? null
}

/** Whether a computer is on, in words. */
export function onlineText(device: DeviceView, now: number): string {
  if (device.is_online) return 'On'
  return device.last_seen_at === null ? 'Not seen yet' : `Off, last seen ${agoText(device.last_seen_at, now)}`
}

export function isConnected(portal: DevicePortal | null): boolean {
  return portal?.state === 'connected'
}

/** What each queued download of a computer waits for, in the order in which it was asked. */
export function queueOf(jobs: readonly JobView[], portal: DevicePortal | null): Queued[] {
  const waiting = jobs.filter((job) => job.status === 'queued').toReversed()
  let ahead = 0
  return waiting.map((job) => {
    const paused = job.reason === 'job.paused'
    if (!paused) ahead += 1
    return { job_id: job.job_id, position: paused ? null : ahead, waits_for: waitsFor(job, portal) }
  })
}

function waitsFor(job: JobView, portal: DevicePortal | null): Queued['waits_for'] {
  if (!job.is_heard_of) return 'computer'
  if (job.reason === 'job.paused' || job.reason === 'portal.blocked') return 'person'
  if (!isConnected(portal)) return 'login'
  if (job.reason?.startsWith('folder.')) return 'folder'
  return job.reason?.startsWith('portal.') ? 'portal' : 'turn'
}
