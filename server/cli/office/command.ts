/** What every command of `npm run office` is, and what it may touch of the terminal. */
export interface Shell {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** A line for the person, on standard output. */
  readonly say: (line: string) => void
  /** A sentence about trouble, on standard error. */
  readonly complain: (sentence: string) => void
  /** Asks for something that must not be seen: without echo on a terminal, else a line of standard input. */
  readonly askSecret: (question: string) => Promise<string>
}

export interface Command {
  /** Name and arguments as typed, such as `backup DIR`. */
  readonly usage: string
  /** One sentence. */
  readonly does: string
  /** The exit code: 0 done, 1 refused or failed with a sentence, 2 not understood, 3 done and something is for a person to mend. */
  readonly run: (args: readonly string[], shell: Shell) => Promise<number>
}
