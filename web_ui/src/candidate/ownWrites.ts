/** One's own changes of a person, one after the other, so that none of them conflicts with the one before it. */
import type { DashboardRow } from '../generated/types'

export class OwnWrites {
  /** The last write of each person; it never fails. */
  private readonly last = new Map<string, Promise<unknown>>()
  /** The version in the office's last answer to a write of this page. */
  private readonly answered = new Map<string, number>()

  /**
   * Write when the writes before it are answered.
   *
   * `onScreen` is the version that the person saw when they decided. One's own answer may be newer than that;
   * a change by somebody else never is, and so the office still refuses to write over it.
   */
  run(
    candidateId: string,
    onScreen: number,
    write: (version: number) => Promise<DashboardRow>,
  ): Promise<DashboardRow> {
    const before = this.last.get(candidateId) ?? Promise.resolve()
    const answer = before.then(async () => {
      const row = await write(Math.max(onScreen, this.answered.get(candidateId) ?? 0))
      this.answered.set(candidateId, row.version)
      return row
    })
    this.last.set(
      candidateId,
      answer.catch(() => undefined),
    )
    return answer
  }
}
