/** What this deployment is: read once from `config.json` beside the bundle. */

export interface DemoAccount {
  email: string
  password: string
  role: string
  full_name: string
}

export interface DemoHints {
  accounts: DemoAccount[]
  portal: { username: string; password: string; phone: string } | null
  phone_url: string | null
}

export interface AppConfig {
  /** `agent`: served by the agent of this computer. `cloud`: a plain browser that talks to the cloud. */
  mode: 'agent' | 'cloud'
  /** Origin of the API without a slash at its end; empty for this origin. */
  apiBaseUrl: string
  demo: DemoHints | null
}

export class ConfigError extends Error {}

/** Read and check a `config.json`. Throws `ConfigError` naming the field that is wrong. */
export function parseConfig(raw: unknown): AppConfig {
  const value = asObject(raw, 'config.json')
  if (value.mode !== 'agent' && value.mode !== 'cloud')
    throw new ConfigError('mode must be "agent" or "cloud"')
  if (typeof value.api_base_url !== 'string') throw new ConfigError('api_base_url must be a text')
  const base = value.api_base_url.replace(/\/+$/, '')
  if (value.mode === 'cloud' && !/^https?:\/\//.test(base))
    throw new ConfigError('api_base_url must be an address')
  return { mode: value.mode, apiBaseUrl: base, demo: value.demo ? parseDemo(value.demo) : null }
}

function parseDemo(raw: unknown): DemoHints {
  const value = asObject(raw, 'demo')
  const accounts = Array.isArray(value.accounts) ? value.accounts : []
  const portal = value.portal ? asObject(value.portal, 'demo.portal') : null
  return {
    accounts: accounts.map((entry) => {
      const account = asObject(entry, 'demo.accounts')
      return {
        email: text(account.email),
        password: text(account.password),
        role: text(account.role),
        full_name: text(account.full_name),
      }
    }),
    portal: portal && {
      username: text(portal.username),
      password: text(portal.password),
      phone: text(portal.phone),
    },
    phone_url: webAddress(value.phone_url),
  }
}

function asObject(raw: unknown, name: string): Record<string, unknown> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    throw new ConfigError(`${name} must be an object`)
  return raw as Record<string, unknown>
}

function text(raw: unknown): string {
  return typeof raw === 'string' ? raw : ''
}

/** Only http and https addresses may become a link. */
export function webAddress(raw: unknown): string | null {
  return typeof raw === 'string' && /^https?:\/\//.test(raw) ? raw : null
}

export async function loadConfig(): Promise<AppConfig> {
  const answer = await fetch(`${import.meta.env.BASE_URL}config.json`, { cache: 'no-store' })
  if (!answer.ok) throw new ConfigError(`config.json answered ${answer.status}`)
  return parseConfig(await answer.json())
}
