import { describe, expect, it } from 'vitest'
import { linkOf, mailTo, takeInvitation, tokenOf } from './invitation'

const TOKEN = 'nji_Ab-9_xyz'

describe('an invitation', () => {
  it('is found in a link, in a code, and in what a mail made of it', () => {
    expect(tokenOf(`https://office.example.com/app/#invitation=${TOKEN}`)).toBe(TOKEN)
    expect(tokenOf(`  ${TOKEN}\n`)).toBe(TOKEN)
    expect(tokenOf(`<https://office.example.com/app/#invitation=${TOKEN}>.`)).toBe(TOKEN)
    expect(tokenOf('K7QM-2XPD')).toBe('')
  })

  it('does not stay in the address bar', () => {
    const replaced: string[] = []
    const location = { hash: `#invitation=${TOKEN}`, pathname: '/app/', search: '?a=1' } as Location
    const history = { state: null, replaceState: (_: unknown, __: string, url: string) => replaced.push(url) }
    expect(takeInvitation(location, history as unknown as History)).toBe(TOKEN)
    expect(replaced).toEqual(['/app/?a=1'])
    const other = { hash: '#code=abc', pathname: '/app/', search: '' } as Location
    expect(takeInvitation(other, history as unknown as History)).toBe('')
    expect(replaced).toHaveLength(1)
  })

  it('has a link where there is a hosted page', () => {
    const made = { link: '', invitation_token: TOKEN }
    expect(linkOf({ ...made, link: 'https://office.example.com/app/#x' }, null)).toBe(
      'https://office.example.com/app/#x',
    )
    expect(linkOf(made, 'https://here.example.com/app/')).toBe(
      `https://here.example.com/app/#invitation=${TOKEN}`,
    )
    expect(linkOf(made, null)).toBeNull()
  })

  it('is written into a mail with the link, or with the code and what to press', () => {
    const mail = decodeURIComponent(mailTo('n@example.com', 'Fjord & Co', 'https://x.example.com/#i', TOKEN))
    expect(mail).toContain('mailto:n@example.com?subject=Your invitation to Fjord & Co')
    expect(mail).toContain('https://x.example.com/#i')
    expect(decodeURIComponent(mailTo('n@example.com', 'Fjord', null, TOKEN))).toContain(TOKEN)
  })
})
