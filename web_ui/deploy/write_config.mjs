// Lays out the deployment: the bundle under /app/, with a config.json made from the environment.
// NJORDHR_API_BASE_URL: the cloud API's https address, without a path.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'

const base = process.env.NJORDHR_API_BASE_URL ?? ''
if (!/^https:\/\/[^/]+$/.test(base)) {
  process.stderr.write('NJORDHR_API_BASE_URL must be an https address without a path\n')
  process.exit(1)
}
rmSync('deployed', { recursive: true, force: true })
mkdirSync('deployed')
cpSync('dist', 'deployed/app', { recursive: true })
writeFileSync(
  'deployed/app/config.json',
  `${JSON.stringify({ mode: 'cloud', api_base_url: base, demo: null }, null, 2)}\n`,
)
