/** Notes that are being written: kept on this computer until they are posted, one a person. */

const PREFIX = 'njordhr.draft.'
const DAY_PREFIX = 'njordhr.call-back.'

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>

export class Drafts {
  constructor(private readonly storage: Storage) {}

  read(candidateId: string): string {
    return this.storage.getItem(PREFIX + candidateId) ?? ''
  }

  /** The day of a call-back that was chosen and not posted yet. */
  readDay(candidateId: string): string {
    return this.storage.getItem(DAY_PREFIX + candidateId) ?? ''
  }

  writeDay(candidateId: string, day: string): void {
    if (day === '') this.storage.removeItem(DAY_PREFIX + candidateId)
    else this.storage.setItem(DAY_PREFIX + candidateId, day)
  }

  /** An empty text is no draft. */
  write(candidateId: string, text: string): void {
    if (text === '') this.storage.removeItem(PREFIX + candidateId)
    else this.storage.setItem(PREFIX + candidateId, text)
  }
}
