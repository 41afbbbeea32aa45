import { expect, test } from 'vitest'
import { fileName } from './saveAnswer'

test('a file gets the name that the answer says, and no folder', () => {
  expect(fileName('attachment; filename="njordhr-diagnostics.zip"')).toBe('njordhr-diagnostics.zip')
  expect(fileName("attachment; filename*=UTF-8''Bj%C3%B8rn.zip; filename=x.zip")).toBe('Bjørn.zip')
  expect(fileName('attachment; filename="../../evil.zip"')).toBe('evil.zip')
  expect(fileName(null)).toBeNull()
})
