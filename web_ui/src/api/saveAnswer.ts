/** Save an answer as a file, the way a browser saves: under the name that the answer says. */

export async function saveAnswer(answer: Response, otherwise: string): Promise<string> {
  // Read to its end first: one that breaks off is not saved at all.
  const bytes = await answer.blob()
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
