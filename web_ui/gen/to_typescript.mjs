// Reads a JSON schema on standard input, writes its TypeScript on standard output.
import { compile } from 'json-schema-to-typescript'

let input = ''
for await (const chunk of process.stdin) input += chunk

const text = await compile(JSON.parse(input), 'Wire', {
  additionalProperties: false,
  bannerComment: '',
  declareExternallyReferenced: true,
  format: true,
  style: { semi: false, singleQuote: true, printWidth: 110 },
  unreachableDefinitions: true,
})
process.stdout.write(text)
