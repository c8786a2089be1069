/**
 * `npm run packs -- check [CODE]`: what is wrong with the packs, with file and line; ends with 1 when something is.
 * `npm run packs -- new CODE`: a folder for a new procedure that passes the check, to be filled with what the law says.
 * `npm run packs -- schema`: writes docs/pack.schema.json, for editors that help while writing.
 */
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { readBlocks } from '../packs/blocks.ts'
import { checkPack } from '../packs/check/checkPack.ts'
import { jsonSchemaOfPacks } from '../packs/check/jsonSchema.ts'
import { newPack } from '../packs/check/newPack.ts'
import { namesIn } from '../packs/folder.ts'

const procedures = resolve('procedures')
const codeShape = /^\d\.\d{6}$/
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const [command, code] = process.argv.slice(2)
if (command === 'check' && (code === undefined || codeShape.test(code))) process.exitCode = await check(code)
else if (command === 'new' && code !== undefined && codeShape.test(code)) process.exitCode = await begin(code)
else if (command === 'schema') await writeFile(resolve('docs', 'pack.schema.json'), jsonSchemaOfPacks())
else {
  say('npm run packs -- check [CODE] | new CODE | schema    (a code is written 1.001193)')
  process.exitCode = 2
}

async function check(only: string | undefined): Promise<number> {
  const sentences: string[] = []
  const blocks = await readBlocks(procedures, (sentence) => sentences.push(sentence))
  const codes = (await namesIn(procedures, codeShape)).filter((name) => only === undefined || name === only)
  let packs = 0
  let wrong = sentences.length
  for (const sentence of sentences) say(sentence)
  for (const one of codes) {
    for (const version of await namesIn(join(procedures, one), /^\d+\.\d+\.\d+$/)) {
      packs += 1
      const findings = await checkPack(procedures, one, version, blocks)
      wrong += findings.length
      for (const { file, line, why } of findings) say(`procedures/${file}:${line}: ${why}`)
    }
  }
  say(packs === 0 ? `There is no pack ${only ?? ''}.` : `${packs} packs, ${wrong === 0 ? 'nothing wrong' : `${wrong} things wrong`}.`)
  return wrong > 0 || packs === 0 ? 1 : 0
}

async function begin(newCode: string): Promise<number> {
  const made = await newPack(procedures, newCode)
  say(made.ok ? `procedures/${newCode}/1.0.0 is there. Now write what the law says, and run: npm run packs -- check ${newCode}` : made.failure)
  return made.ok ? 0 : 1
}
