/**
 * `npm run office -- COMMAND …`: what a person at the office's machine does beside the running office. One command is one
 * file of server/cli/office/ and one entry below; each answers with an exit code, and with plain sentences.
 */
import { backup } from './office/backup.ts'
import type { Command, Shell } from './office/command.ts'
import { importCarriers } from './office/importCarriers.ts'
import { keys } from './office/keys.ts'
import { parts } from './office/parts.ts'
import { readLine } from './office/readLine.ts'
import { restore } from './office/restore.ts'

const commands: Readonly<Record<string, Command>> = { backup, restore, import: importCarriers, keys, parts }

const shell: Shell = {
  environment: process.env,
  say: (line) => void process.stdout.write(`${line}\n`),
  complain: (sentence) => void process.stderr.write(`${sentence}\n`),
  askSecret: readLine,
}

const [name = '', ...args] = process.argv.slice(2)
const command = Object.hasOwn(commands, name) ? commands[name] : undefined
if (command === undefined) {
  for (const { usage, does } of Object.values(commands)) shell.say(`npm run office -- ${usage}\n    ${does}`)
  process.exitCode = 2
} else {
  process.exitCode = await command.run(args, shell)
}
