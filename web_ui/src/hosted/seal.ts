/**
 * Seals a one-time code so that only the computer can read it: HPKE (RFC 9180) by `@hpke/core`, on the browser's own
 * cryptography. The office that carries it sees nothing but noise.
 */
import { ApiError } from '../api/problem'

export async function sealCode(
  publicKey: string,
  deviceId: string,
  commandId: string,
  code: string,
): Promise<string> {
  // A browser has no cryptography for a page that came over plain http.
  if (!globalThis.crypto?.subtle) throw new ApiError('page.not-secure')
  const { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } = await import('@hpke/core')
  const suite = new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  })
  const text = new TextEncoder()
  const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64Url(publicKey))
  const info = text.encode(`NjordHR one-time code ${deviceId} ${commandId}`)
  const sender = await suite.createSenderContext({ recipientPublicKey, info })
  const sealed = new Uint8Array(await sender.seal(text.encode(code)))
  const key = new Uint8Array(sender.enc)
  return toBase64Url(Uint8Array.of(...key, ...sealed))
}

export function fromBase64Url(text: string): ArrayBuffer {
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  )
  return bytes.buffer
}

export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
