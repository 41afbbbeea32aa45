import { expect, test } from 'vitest'
import { ConfigError, parseConfig } from './config'

test('an agent and a cloud are told apart', () => {
  expect(parseConfig({ mode: 'agent', api_base_url: '', demo: null })).toEqual({
    mode: 'agent',
    apiBaseUrl: '',
    demo: null,
  })
  const cloud = parseConfig({ mode: 'cloud', api_base_url: 'https://api.example.com/', demo: null })
  expect(cloud.apiBaseUrl).toBe('https://api.example.com')
})

test.each([
  null,
  [],
  {},
  { mode: 'desktop', api_base_url: '' },
  { mode: 'agent' },
  { mode: 'cloud', api_base_url: '' },
  { mode: 'cloud', api_base_url: 'javascript:alert(1)' },
])('nonsense is refused: %j', (raw) => {
  expect(() => parseConfig(raw)).toThrow(ConfigError)
})

test('only a web address becomes a link', () => {
  const config = parseConfig({ mode: 'agent', api_base_url: '', demo: { phone_url: 'javascript:alert(1)' } })
  expect(config.demo).toEqual({ accounts: [], portal: null, phone_url: null })
})
