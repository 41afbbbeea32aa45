import { beforeEach, expect, test } from 'vitest'
import type { Evidence, ResumeFacts } from '../generated/types'
import { markPlaces, marksOf, placedPaths } from './places'
import styles from './resume.module.css'

const name: Evidence = { path: 'name', page: 1, box: [60, 700, 180, 720] }
const voyage: Evidence = { path: 'sea_service.0', page: 2, box: [30, 100, 570, 140] }
let pages: HTMLElement

beforeEach(() => {
  pages = document.createElement('div')
  for (const page of ['1', '2']) {
    const sheet = document.createElement('div')
    Object.assign(sheet.dataset, { page, pointsWide: '600', pointsHigh: '800' })
    sheet.innerHTML = `<canvas></canvas><div class="${styles.marks}"></div>`
    pages.append(sheet)
  }
})

function markAll(evidence: readonly Evidence[]) {
  for (const sheet of pages.children) markPlaces(sheet as HTMLElement, evidence)
}

test('a fact is marked on its page, in parts of it', () => {
  markAll([name, voyage])
  const [mark] = marksOf(pages, 'name')
  expect(mark?.closest<HTMLElement>('[data-page]')?.dataset.page).toBe('1')
  const sides = [mark?.style.left, mark?.style.top, mark?.style.width, mark?.style.height]
  expect(sides.map((side) => Number.parseFloat(side ?? ''))).toEqual([10, 10, 20, 2.5])
  expect(mark?.dataset.kind).toBe('fact')
  expect(marksOf(pages, 'sea_service.0')[0]?.dataset.kind).toBe('row')
})

test('a row that a page breaks has a mark on each page', () => {
  markAll([{ ...voyage, page: 1 }, voyage])
  expect(marksOf(pages, 'sea_service.0')).toHaveLength(2)
})

test('new marks take the place of the old ones', () => {
  markAll([name])
  markAll([])
  expect(marksOf(pages, 'name')).toHaveLength(0)
})

test('what is no place is not marked, and old facts have none', () => {
  const wrong = { ...name, box: [60, 720, 180, 700] }
  const facts = (evidence: Evidence[]) => ({ evidence }) as ResumeFacts
  expect(placedPaths(facts([wrong, { ...name, box: [1, 2] }, { ...name, page: 0 }]))).toEqual(new Set())
  expect(placedPaths(facts([name, voyage]))).toEqual(new Set(['name', 'sea_service.0']))
})
