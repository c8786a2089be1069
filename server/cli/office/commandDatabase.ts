/**
 * The office's database for a command, whether an office runs or not. With one running its PostgreSQL is used and left
 * alone; without one it is started for the command and stopped after it, and no office can start in between.
 */
import { fail, ok, type Result } from '../../../core/result.ts'
import type { Config } from '../../config.ts'
import { startPostgres } from '../../postgres/embedded.ts'
import { whereIs } from '../../postgres/places.ts'
import { makeUndo, type Undo } from '../../start/undo.ts'
import { holdFolder, isOfficeThere } from '../../start/presence.ts'

type Say = (line: string) => void

/** Runs `work` with the connection string of an office that is there already. */
export async function withOfficeDatabase<T>(config: Config, say: Say, work: (url: string) => Promise<Result<T, string>>): Promise<Result<T, string>> {
  if (config.databaseUrl !== undefined) return work(config.databaseUrl)
  if ((await whereIs(config.dataFolder)) === undefined) return fail(`There is no office in ${config.dataFolder}: set DATA_DIR, or DATABASE_URL.`)
  const undo = makeUndo()
  try {
    if (!(await isOfficeThere(config.dataFolder))) {
      const held = await holdFolder(config.dataFolder)
      if (!held.ok) return held
      undo.add(held.value.leave)
    }
    const url = await databaseOf(config, say, undo)
    return url.ok ? await work(url.value) : url
  } finally {
    await undo.run()
  }
}

/** The connection string of DATABASE_URL, or of the data folder's PostgreSQL, which is started when it does not live. */
export async function databaseOf(config: Config, say: Say, undo: Undo): Promise<Result<string, string>> {
  if (config.databaseUrl !== undefined) return ok(config.databaseUrl)
  const started = await startPostgres({ dataFolder: config.dataFolder, log: say })
  if (!started.ok) return fail(started.failure.sentence)
  if (!started.value.adopted) undo.add(started.value.stop)
  return ok(started.value.url)
}
