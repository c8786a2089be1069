import type { Ended } from './run.ts'
import { startFailure, type StartFailure } from './startFailure.ts'

/** Each row: what PostgreSQL says, and what that means to the person at the console. The first match counts. */
const rows: readonly { readonly says: RegExp; readonly means: (folder: string) => StartFailure }[] = [
  {
    says: /No space left on device|Disk quota exceeded/,
    means: (folder) => startFailure('diskFull', `The disk that holds ${folder} is full: make room and start again.`),
  },
  {
    says: /checkpoint record|control file|pg_control|invalid page|could not locate|is not a database cluster|PANIC:|could not open file "(global|pg_|base)|could not open directory "(global|pg_|base)|postgresql\.conf|pg_hba\.conf/,
    means: (folder) => startFailure('damaged', `The database in ${folder} is damaged: restore the folder from a backup, or move it aside to begin with an empty one.`),
  },
  {
    says: /Permission denied|Operation not permitted|has wrong ownership|invalid permissions/,
    means: (folder) => startFailure('cannotWrite', `PostgreSQL may not use ${folder}: give the folder back to the user who made it, with mode 0700.`),
  },
  {
    says: /could not look up effective user ID/,
    means: () => startFailure('noAccount', `PostgreSQL wants a user with a name and user number ${process.getuid?.() ?? 'of this process'} has none: start Tiếp Sức as a user that the system knows.`),
  },
  {
    says: /database files are incompatible with server/,
    means: (folder) => startFailure('wrongMajor', `The database in ${folder} was made by another version of PostgreSQL: move it over with pg_dump, or use the older version.`),
  },
]

/** The one sentence for a program of PostgreSQL that ended badly while working on `folder`. */
export function startTrouble(ended: Ended, folder: string): StartFailure {
  if (ended.code === null || /cannot execute|required file not found|error while loading shared libraries|GLIBC/.test(ended.said)) {
    return startFailure('noBinaries', `The PostgreSQL programs that npm brought do not run on this system (${firstLine(ended.said)}): set DATABASE_URL to a PostgreSQL of your own.`, ended.said)
  }
  const row = rows.find(({ says }) => says.test(ended.said))
  if (row !== undefined) return { ...row.means(folder), said: ended.said }
  return startFailure('doesNotStart', `PostgreSQL does not start on ${folder}: ${worstLine(ended.said)}`, ended.said)
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? ''
}

function worstLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const worst = lines.findLast((line) => /FATAL|error:/.test(line)) ?? lines.at(-1) ?? 'it says nothing'
  return worst.replace(/^.*?(FATAL|error):\s*/, '')
}
