import { QueryClient } from '@tanstack/react-query'
import { renderHook, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { ApiError } from '../api/problem'
import { tellOtherWindows, useOthersSignIns } from './otherWindows'

function watched() {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const asked = vi.spyOn(queries, 'invalidateQueries')
  const hook = renderHook(({ user }: { user: string | undefined }) => useOthersSignIns(queries, user), {
    initialProps: { user: 'u1' as string | undefined },
  })
  return { queries, asked, hook }
}

describe('who is signed in', () => {
  it('is asked again when another window says that it changed', async () => {
    const { asked } = watched()
    tellOtherWindows()
    await waitFor(() => expect(asked).toHaveBeenCalledWith({ queryKey: ['me'] }))
  })

  it('is asked again when the office refuses what this person may do, and at no other refusal', async () => {
    const { queries, asked } = watched()
    const fail = (key: string, reason: 'auth.forbidden' | 'cloud.unreachable') =>
      queries
        .fetchQuery({ queryKey: [key], queryFn: () => Promise.reject(new ApiError(reason)) })
        .catch(() => undefined)
    await fail('audit', 'cloud.unreachable')
    await fail('me', 'auth.forbidden')
    expect(asked).not.toHaveBeenCalled()
    await fail('audit', 'auth.forbidden')
    expect(asked).toHaveBeenCalledWith({ queryKey: ['me'] })
  })

  it('leaves nothing in the page of who was signed in before', () => {
    const { queries, asked, hook } = watched()
    queries.setQueryData(['audit'], 'theirs')
    hook.rerender({ user: 'u1' })
    hook.rerender({ user: undefined })
    expect(queries.getQueryData(['audit'])).toBe('theirs')
    hook.rerender({ user: 'u2' })
    expect(queries.getQueryData(['audit'])).toBeUndefined()
    expect(asked).toHaveBeenCalledTimes(1)
  })
})
