import { expect, test } from 'vitest'
import { firstOpen, isDone, isUntouched, type SetUp, STEPS, stepAfter } from './steps'

const NOTHING: SetUp = {
  signedIn: false,
  paired: false,
  folderIsUsable: false,
  portalIsKnown: false,
  sendingWasLookedAt: false,
  downloads: 0,
}

test('the guide goes on where it was left', () => {
  expect(firstOpen(NOTHING)).toBe('sign-in')
  expect(firstOpen({ ...NOTHING, signedIn: true, paired: true })).toBe('folder')
  expect(firstOpen({ ...NOTHING, signedIn: true, paired: true, folderIsUsable: true })).toBe('portal')
})

test('a step that was done before is passed over, and after the last one nothing follows', () => {
  expect(stepAfter('sign-in', { ...NOTHING, signedIn: true, paired: true })).toBe('folder')
  expect(stepAfter('download', NOTHING)).toBe('download')
  const all: SetUp = {
    signedIn: true,
    paired: true,
    folderIsUsable: true,
    portalIsKnown: true,
    sendingWasLookedAt: true,
    downloads: 1,
  }
  expect(STEPS.every((step) => isDone(step, all))).toBe(true)
  expect(stepAfter('office', all)).toBe('folder')
})

test('the guide opens by itself on a computer that nobody has worked at, and on no other', () => {
  expect(isUntouched({ ...NOTHING, signedIn: true })).toBe(true)
  expect(isUntouched({ ...NOTHING, paired: true })).toBe(false)
  expect(isUntouched({ ...NOTHING, downloads: 3 })).toBe(false)
})
