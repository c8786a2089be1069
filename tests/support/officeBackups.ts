/**
 * Backup and restore of an office that runs as its own process, by the very commands a person types; for e2e (`npm run
 * build` must have run). In a test:
 *
 *     const office = await anOfficeRun()
 *     await backsUp(office, dir)          // while it runs; a tablet may give up what this covers
 *     …                                   // more is sent, then the office's machine is lost
 *     await isPutBack(office, dir)        // stopped, wiped, restored, started again on the same port
 *
 * Officers sign in anew afterwards, and `office.links()` are fresh ones.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OfficeRun } from './officeRun.ts'
import { removePostgres } from './removePostgres.ts'

export interface Ended {
  readonly code: number | null
  /** What it said, on both ways out. */
  readonly said: string
}

/** Runs `npm run office -- …` for this office's folders, with `input` as what is typed. */
export function officeCommand(office: Pick<OfficeRun, 'folder'>, args: readonly string[], input = ''): Promise<Ended> {
  const child = spawn(process.execPath, [process.env['OFFICE_CLI'] ?? 'dist/server/cli/office.js', ...args], {
    env: { ...process.env, DATA_DIR: join(office.folder, 'data'), KEYS_DIR: join(office.folder, 'keys') },
    stdio: 'pipe',
  })
  const said: string[] = []
  for (const way of [child.stdout, child.stderr]) way.setEncoding('utf8').on('data', (text: string) => said.push(text))
  child.stdin.on('error', () => undefined) // a command that asks nothing may have ended already
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, said: said.join('') }))
  })
}

/** Backs up a running office into a folder. */
export async function backsUp(office: OfficeRun, dir: string): Promise<void> {
  const { code, said } = await officeCommand(office, ['backup', dir])
  if (code !== 0) throw new Error(said)
}

/** Takes the escrow key out of the office's machine, as its README says; the file and its passphrase. */
export function takesEscrowOut(office: OfficeRun): { readonly file: string; readonly passphrase: string } {
  const file = join(office.folder, 'safe', 'escrow.jwe')
  mkdirSync(join(office.folder, 'safe'), { recursive: true })
  // An office that was put back has none to take out: it is where it was taken before.
  if (!existsSync(file)) copyFileSync(join(office.folder, 'data', 'take-offline', 'escrow.jwe'), file)
  const passphrase = /Passphrase of the offline keys \(shown once\): (\S+)/.exec(readFileSync(office.logFile, 'utf8'))?.[1]
  if (passphrase === undefined) throw new Error('the office never said a passphrase')
  return { file, passphrase }
}

/** Loses the office's machine: process, database, parts and keys are gone. What lies beside `data` and `keys` stays. */
export async function losesMachine(office: OfficeRun): Promise<void> {
  await office.stop()
  await removePostgres(join(office.folder, 'data'))
  for (const name of ['data', 'keys']) rmSync(join(office.folder, name), { recursive: true, force: true })
}

/** Loses the machine and puts the office back from the newest backup in `dir`, running on its old port. */
export async function isPutBack(office: OfficeRun, dir: string): Promise<void> {
  const escrow = takesEscrowOut(office)
  await losesMachine(office)
  const { code, said } = await officeCommand(office, ['restore', dir, '--escrow', escrow.file], `${escrow.passphrase}\n`)
  if (code !== 0) throw new Error(said)
  await office.start()
}
