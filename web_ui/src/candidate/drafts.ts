/** Notes that are being written: kept on this computer until they are posted, one a person. */

const PREFIX = 'njordhr.draft.'

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>

export class Drafts {
  constructor(private readonly storage: Storage) {}

  read(candidateId: string): string {
    return this.storage.getItem(PREFIX + candidateId) ?? ''
  }

  /** An empty text is no draft. */
  write(candidateId: string, text: string): void {
    if (text === '') this.storage.removeItem(PREFIX + candidateId)
    else this.storage.setItem(PREFIX + candidateId, text)
  }
}
