import { expect, test } from 'vitest'
import { isMarked, markFacts } from './renderPdf'
import styles from './resume.module.css'

test('only a whole fact is marked, and nothing of one or two letters', () => {
  expect(isMarked(' Master ', ['master'])).toBe(true)
  expect(isMarked('Masters', ['Master'])).toBe(false)
  expect(isMarked('AB', ['AB'])).toBe(false)
})

test('facts that come after the pages are marked in them, and old marks go', () => {
  const pages = document.createElement('div')
  pages.innerHTML = `<div class="${styles.textLayer}"><span>Ghanaian</span><span>Takoradi</span></div>`
  const marked = () => [...pages.querySelectorAll(`.${styles.marked}`)].map(({ textContent }) => textContent)
  markFacts(pages, ['Ghanaian'])
  expect(marked()).toEqual(['Ghanaian'])
  markFacts(pages, ['Takoradi'])
  expect(marked()).toEqual(['Takoradi'])
})
