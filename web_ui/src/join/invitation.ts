/** The token of an invitation: in a link's fragment, which no server sees, or typed as it is. */

const TOKEN = /nji_[A-Za-z0-9_-]+/

/** Return the token in what somebody pasted: the whole link, or the code alone. Empty when there is none. */
export function tokenOf(pasted: string): string {
  return TOKEN.exec(pasted)?.[0] ?? ''
}

/** Take the token out of the address bar and the history, before anything else may read it. */
export function takeInvitation(location: Location, history: History): string {
  const token = new URLSearchParams(location.hash.replace(/^#/, '')).get('invitation') ?? ''
  if (token !== '') history.replaceState(history.state, '', location.pathname + location.search)
  return tokenOf(token)
}

/** The link to send. Without a hosted page there is none, and the code is sent instead. */
export function linkOf(made: { link: string; invitation_token: string }, page: string | null): string | null {
  if (made.link !== '') return made.link
  return page === null ? null : `${page}#invitation=${made.invitation_token}`
}

/** A mail that the admin's own mail program writes. */
export function mailTo(email: string, office: string, link: string | null, token: string): string {
  const how =
    link === null
      ? `Open NjordHR, press “I have an invitation” and paste this code:\n\n${token}`
      : `Open this link to join:\n\n${link}`
  const body = `You are invited to ${office} on NjordHR.\n\n${how}\n\nIt can be used once, within seven days.`
  const parts = { subject: `Your invitation to ${office}`, body }
  const query = Object.entries(parts).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `mailto:${encodeURIComponent(email)}?${query.join('&')}`
}
