/** The steps of the guide: which there are, which are done, and where somebody who comes back goes on. */

export type StepName = 'sign-in' | 'office' | 'folder' | 'portal' | 'sending' | 'download'

export const STEPS: readonly StepName[] = ['sign-in', 'office', 'folder', 'portal', 'sending', 'download']

/** What the computer knows about how far it is set up. */
export interface SetUp {
  signedIn: boolean
  paired: boolean
  folderIsUsable: boolean
  portalIsKnown: boolean
  sendingWasLookedAt: boolean
  downloads: number
}

export function isDone(step: StepName, setUp: SetUp): boolean {
  switch (step) {
    case 'sign-in':
      return setUp.signedIn
    case 'office':
      return setUp.paired
    case 'folder':
      return setUp.folderIsUsable
    case 'portal':
      return setUp.portalIsKnown
    case 'sending':
      return setUp.sendingWasLookedAt
    case 'download':
      return setUp.downloads > 0
  }
}

/** The first step that is to be done; the last one when nothing is. */
export function firstOpen(setUp: SetUp): StepName {
  return STEPS.find((step) => !isDone(step, setUp)) ?? 'download'
}

/** The step after this one that is still to be done, else simply the next one. */
export function stepAfter(step: StepName, setUp: SetUp): StepName {
  const later = STEPS.slice(STEPS.indexOf(step) + 1)
  return later.find((name) => !isDone(name, setUp)) ?? later[0] ?? step
}

/** A computer that nobody has worked at yet: there the guide opens by itself, once. */
export function isUntouched(setUp: SetUp): boolean {
  return !setUp.paired && setUp.downloads === 0
}
