/** Why the office's own PostgreSQL could not be started; `sentence` is whole and plain, for the person at the console. */
export interface StartFailure {
  readonly kind: StartFailureKind
  readonly sentence: string
  /** What PostgreSQL or the system said, for the log; holds no password and no citizen's value. */
  readonly said?: string
}

export type StartFailureKind =
  | 'noBinaries' // this system has no PostgreSQL binaries of ours, or they do not run here
  | 'cannotWrite' // a folder refuses us
  | 'diskFull'
  | 'noAccount' // started as root and there is no other user to run PostgreSQL as
  | 'badFolderName' // the path cannot be handed to PostgreSQL
  | 'belongsToAnother' // the cluster is another clone's or another user's
  | 'wrongMajor' // made by another major version of PostgreSQL
  | 'passwordLost' // the cluster is there and its password is not
  | 'damaged' // the cluster is there and is not whole
  | 'busy' // another start of the same folder does not finish
  | 'doesNotStart' // PostgreSQL refused, with its own words in the sentence

/** Makes a start failure. */
export function startFailure(kind: StartFailureKind, sentence: string, said?: string): StartFailure {
  return said === undefined || said === '' ? { kind, sentence } : { kind, sentence, said }
}

/** The failure for an error met while working on `path`, most often one of the file system. */
export function fileFailure(cause: unknown, path: string): StartFailure {
  const code = errorCode(cause)
  const said = cause instanceof Error ? cause.message : String(cause)
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return startFailure('cannotWrite', `Tiếp Sức may not write to ${path}: give this user write permission there, or start it as the owner of the folder.`, said)
    case 'ENOTDIR':
    case 'EEXIST':
    case 'EISDIR':
    case 'ELOOP':
      return startFailure('cannotWrite', `Tiếp Sức needs a folder at ${path} and something else is in the way: move it aside and start again.`, said)
    case 'ENOSPC':
    case 'EDQUOT':
      return startFailure('diskFull', `The disk that holds ${path} is full: make room and start again.`, said)
    case undefined:
    default:
      if (code?.startsWith('E') === true) return startFailure('cannotWrite', `Tiếp Sức cannot use ${path} (${code}): look at the disk and start again.`, said)
      return startFailure('doesNotStart', `PostgreSQL does not start on ${path}: ${said}`, said)
  }
}

/** The system's short code of an error (`ENOENT`), or undefined. */
export function errorCode(cause: unknown): string | undefined {
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return undefined
  return typeof cause.code === 'string' ? cause.code : undefined
}
