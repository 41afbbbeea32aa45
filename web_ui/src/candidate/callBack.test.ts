import { expect, test } from 'vitest'
import { callBackWords } from './CallBack'
import { noteToPost } from './NoteBox'

const NOW = new Date(2026, 10, 12, 23, 30).getTime()

test('a call-back is told by the day where one is', () => {
  expect(callBackWords('2026-11-11', NOW)).toEqual({ tone: 'overdue', words: 'was due 11 Nov 2026' })
  expect(callBackWords('2026-11-12', NOW)).toEqual({ tone: 'today', words: 'today' })
  expect(callBackWords('2026-11-13', NOW)).toEqual({ tone: 'later', words: 'tomorrow' })
  expect(callBackWords('2026-11-20', NOW)).toEqual({ tone: 'later', words: '20 Nov 2026' })
})

test('a day without words is a note by itself, and nothing at all is none', () => {
  expect(noteToPost(' Ask about the visa ', '')).toBe('Ask about the visa')
  expect(noteToPost('', '2026-11-20')).toBe('Call back on 20 Nov 2026')
  expect(noteToPost('  ', '')).toBe('')
})
