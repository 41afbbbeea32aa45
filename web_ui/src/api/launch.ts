/** The one-time launch code that the agent puts into the fragment of this page's address. */

/** Return the code of a fragment such as `#code=abc`, or null. */
export function launchCode(fragment: string): string | null {
  const code = new URLSearchParams(fragment.replace(/^#/, '')).get('code')
  return code ? code : null
}

/** Take the code out of the address bar and the history, before anything else may read it. */
export function takeLaunchCode(location: Location, history: History): string | null {
  const code = launchCode(location.hash)
  if (code !== null) history.replaceState(history.state, '', location.pathname + location.search)
  return code
}
