/** The id of one click: it goes with every request that the click causes, into the logs and the audit log. */

/** Made of chance, 32 hexadecimal digits; also on pages that are no secure context, unlike `randomUUID`. */
export function newTraceId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
