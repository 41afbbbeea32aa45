import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { expect, test } from 'vitest'
import { fromBase64Url, sealCode, toBase64Url } from './seal'

const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
})
const KEY_BYTES = 65

async function open(sealed: string, recipientKey: CryptoKeyPair, info: string): Promise<string> {
  const bytes = fromBase64Url(sealed)
  const enc = bytes.slice(0, KEY_BYTES)
  const recipient = await suite.createRecipientContext({
    recipientKey: recipientKey.privateKey,
    enc,
    info: new TextEncoder().encode(info),
  })
  const opened = await recipient.open(bytes.slice(KEY_BYTES))
  return new TextDecoder().decode(opened)
}

test('a code is sealed for one computer and one command', async () => {
  const pair = await suite.kem.generateKeyPair()
  const point = await suite.kem.serializePublicKey(pair.publicKey)
  const key = toBase64Url(new Uint8Array(point))
  const sealed = await sealCode(key, 'd1', 'c1', '135790')
  expect(sealed).toMatch(/^[A-Za-z0-9_-]{40,400}$/)
  expect(await open(sealed, pair, 'NjordHR one-time code d1 c1')).toBe('135790')
  await expect(open(sealed, pair, 'NjordHR one-time code d1 c2')).rejects.toThrow()
  expect(await sealCode(key, 'd1', 'c1', '135790')).not.toBe(sealed)
})
