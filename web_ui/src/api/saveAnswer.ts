/** Save an answer as a file, the way a browser saves: under the name that the answer says. */

/** How much of an answer has come. `length` is what it said of itself; null when it did not. */
export interface Received {
  bytes: number
  length: number | null
}

export async function saveAnswer(
  answer: Response,
  otherwise: string,
  onReceived?: (now: Received) => void,
): Promise<string> {
  // Read to its end first: one that breaks off is not saved at all.
  const bytes = await (onReceived === undefined ? answer : counted(answer, onReceived)).blob()
  const name = fileName(answer.headers.get('content-disposition')) ?? otherwise
  const url = URL.createObjectURL(bytes)
  try {
    saveAddress(url, name)
  } finally {
    // The browser has taken it over by the next turn.
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }
  return name
}

/** Let the browser save what is at an address. */
export function saveAddress(url: string, name: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
}

/** The name of a `Content-Disposition`, without any folder in it. */
export function fileName(disposition: string | null): string | null {
  const encoded = /filename\*=utf-8''([^;]+)/i.exec(disposition ?? '')?.[1]
  const plain = /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1]
  const name = encoded === undefined ? plain : decodeURIComponent(encoded)
  return name?.split(/[\\/]/).at(-1)?.trim() || null
}

/**
 * The same answer; how much of it has come is told while it is read, at most some hundred times.
 *
 * The browser still gathers it, where it likes: a large one is never whole in the memory of the page.
 */
export function counted(answer: Response, onReceived: (now: Received) => void): Response {
  const length = lengthOf(answer.headers)
  onReceived({ bytes: 0, length })
  if (answer.body === null) return answer
  const step = length === null ? STEP_BYTES : Math.max(length / 100, 1)
  let bytes = 0
  let next = step
  const counting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, control) {
      control.enqueue(chunk)
      bytes += chunk.byteLength
      if (bytes < next) return
      next = bytes + step
      onReceived({ bytes, length })
    },
  })
  return new Response(answer.body.pipeThrough(counting), { headers: answer.headers })
}

const STEP_BYTES = 1_000_000

function lengthOf(headers: Headers): number | null {
  const text = headers.get('content-length') ?? ''
  return /^[1-9]\d*$/.test(text) ? Number(text) : null
}
