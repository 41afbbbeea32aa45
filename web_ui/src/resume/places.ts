/** Where facts stand in the pages of a resume: their marks, and which of them is shown. */
import type { Evidence, ResumeFacts } from '../generated/types'
import styles from './resume.module.css'

/** The paths of the facts whose place is known. Facts of an old reader have none. */
export function placedPaths(facts: ResumeFacts): ReadonlySet<string> {
  return new Set(facts.evidence.filter(isPlace).map(({ path }) => path))
}

/** Put marks on a page that is drawn, in the place of those that it has. Sizes are in points. */
export function markPlaces(sheet: HTMLElement, evidence: readonly Evidence[]): void {
  const { page, pointsWide, pointsHigh } = sheet.dataset
  const layer = sheet.querySelector(`.${styles.marks}`)
  if (layer === null) return
  const marks = evidence
    .filter((place) => isPlace(place) && String(place.page) === page)
    .map((place) => mark(place, Number(pointsWide), Number(pointsHigh)))
  layer.replaceChildren(...marks)
}

/** The marks of a fact in the pages that are drawn, from the top. */
export function marksOf(container: HTMLElement, path: string): HTMLElement[] {
  return [...container.querySelectorAll<HTMLElement>(`.${styles.mark}`)].filter(
    ({ dataset }) => dataset.path === path,
  )
}

/** A row of a table is marked lightly, so that what is marked in it can be seen. */
const ROW = /^[a-z_]+\.\d+$/

function mark({ path, box }: Evidence, wide: number, high: number): HTMLElement {
  const [left = 0, bottom = 0, right = 0, top = 0] = box
  const element = document.createElement('div')
  element.className = styles.mark ?? ''
  element.dataset.path = path
  element.dataset.kind = ROW.test(path) ? 'row' : 'fact'
  // In parts of the page, so that the marks stay where they are when it is made larger.
  element.style.left = share(left, wide)
  element.style.top = share(high - top, high)
  element.style.width = share(right - left, wide)
  element.style.height = share(top - bottom, high)
  return element
}

function share(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(3)}%`
}

function isPlace({ box, page }: Evidence): boolean {
  const [left, bottom, right, top] = box
  const sides = [left, bottom, right, top]
  if (page < 1 || box.length !== 4 || !sides.every(Number.isFinite)) return false
  return (right ?? 0) > (left ?? 0) && (top ?? 0) > (bottom ?? 0)
}
