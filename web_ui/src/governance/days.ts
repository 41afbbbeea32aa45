/** Days of this computer as moments: from the beginning of the first to the end of the last. */

export function dayBegin(day: string): string | undefined {
  return moment(day, 0)
}

export function dayEnd(day: string): string | undefined {
  return moment(day, 1)
}

/** Whether the last day is before the first: nothing lies between them. */
export function areCrossed({ since, until }: { since: string; until: string }): boolean {
  return since !== '' && until !== '' && since > until
}

function moment(day: string, daysLater: number): string | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  if (match === null) return undefined
  return new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + daysLater).toISOString()
}
