import { describe, expect, it } from 'vitest'
import { ApiError } from '../api/problem'
import { mayWorkLater, waitNote } from './waitNote'

describe('how long to wait', () => {
  it('is said when the refusal says it', () => {
    const limited = new ApiError('request.too-many', undefined, 429, '', { retry_after_seconds: 290 })
    expect(waitNote(limited)).toBe('The next try is possible in 5 min.')
    expect(waitNote(new ApiError('request.too-many', undefined, 429))).toBeUndefined()
  })

  it('is worth trying again only what may be different in a moment', () => {
    expect(mayWorkLater(new ApiError('cloud.unreachable'))).toBe(true)
    expect(mayWorkLater(new ApiError('server.fault', undefined, 500))).toBe(true)
    expect(mayWorkLater(new ApiError('invitation.used', undefined, 409))).toBe(false)
  })
})
