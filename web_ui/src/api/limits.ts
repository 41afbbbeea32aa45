/** Limits that the cloud's requests name. */

/** The most decisions in one review request. */
export const MAX_AT_ONCE = 200
