/** Draws a PDF with pdf.js: each page as a picture with its text over it, so that it can be read aloud, searched and copied. */
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'
import styles from './resume.module.css'

const loadPdfJs = () => import('pdfjs-dist/legacy/build/pdf.mjs')
type PdfJs = Awaited<ReturnType<typeof loadPdfJs>>

/** A document that is open; `close` frees its worker. */
export interface OpenPdf {
  pages: number
  /** Draw every page into the container; `onPage` is called after each. */
  draw(container: HTMLElement, width: number, signal: AbortSignal, onPage: () => void): Promise<void>
  close(): void
}

/** Open the bytes of a PDF. Throws when they are not one. */
export async function openPdf(bytes: ArrayBuffer): Promise<OpenPdf> {
  const pdfjs = await loadPdfJs()
  pdfjs.GlobalWorkerOptions.workerSrc = workerUrl
  // pdf.js takes the buffer over; the caller's copy stays whole for the next time.
  const task = pdfjs.getDocument({ data: bytes.slice(0) })
  const document = await task.promise
  return {
    pages: document.numPages,
    draw: (container, width, signal, onPage) => drawAll(pdfjs, document, container, width, signal, onPage),
    close: () => void task.destroy(),
  }
}

async function drawAll(
  pdfjs: PdfJs,
  document: PDFDocumentProxy,
  container: HTMLElement,
  width: number,
  signal: AbortSignal,
  onPage: () => void,
): Promise<void> {
  const drawn: HTMLElement[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    if (signal.aborted) return
    drawn.push(await drawPage(pdfjs, page, width))
    if (signal.aborted) return
    // The first page is shown at once; the others follow without the pages jumping.
    if (number === 1) container.replaceChildren(...drawn)
    else container.append(drawn[number - 1] ?? '')
    onPage()
  }
}

async function drawPage(pdfjs: PdfJs, page: PDFPageProxy, width: number): Promise<HTMLElement> {
  const points = page.getViewport({ scale: 1 })
  const scale = width / points.width
  const viewport = page.getViewport({ scale })
  const sharpness = Math.min(window.devicePixelRatio || 1, 2)
  const sheet = window.document.createElement('div')
  sheet.className = styles.sheet ?? ''
  Object.assign(sheet.dataset, { page: page.pageNumber, pointsWide: points.width, pointsHigh: points.height })
  sheet.style.width = `${viewport.width}px`
  sheet.style.height = `${viewport.height}px`
  sheet.style.setProperty('--total-scale-factor', String(scale))
  const canvas = window.document.createElement('canvas')
  canvas.width = Math.floor(viewport.width * sharpness)
  canvas.height = Math.floor(viewport.height * sharpness)
  canvas.setAttribute('aria-hidden', 'true')
  sheet.append(canvas)
  await page.render({ canvas, viewport, transform: [sharpness, 0, 0, sharpness, 0, 0] }).promise
  const marks = window.document.createElement('div')
  marks.className = styles.marks ?? ''
  sheet.append(marks)
  const text = window.document.createElement('div')
  text.className = styles.textLayer ?? ''
  sheet.append(text)
  const layer = new pdfjs.TextLayer({
    textContentSource: page.streamTextContent(),
    container: text,
    viewport,
  })
  await layer.render()
  return sheet
}

/** Mark these facts in the pages that are drawn, and nothing else. */
export function markFacts(container: HTMLElement, marks: readonly string[]): void {
  for (const piece of container.querySelectorAll(`.${styles.textLayer} span`)) {
    piece.classList.toggle(styles.marked ?? '', isMarked(piece.textContent ?? '', marks))
  }
}

/** Whether a piece of the resume's text is one of the facts that were read from it. */
export function isMarked(text: string, marks: readonly string[]): boolean {
  const words = text.trim().toLowerCase()
  return words.length >= 3 && marks.some((mark) => mark.length >= 3 && words === mark.trim().toLowerCase())
}
