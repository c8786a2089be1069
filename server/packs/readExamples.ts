/** The examples of packs: answers of people who do not exist, with the day for which they are right. */
import { join } from 'node:path'
import * as v from 'valibot'
import { packOf, type PackRef } from '../../core/ids.ts'
import { parseAnswers, type Answers } from '../../core/procedure/answers.ts'
import { parseJson } from '../../core/sealing/signed.ts'
import { readIfThere } from '../keys/keyFiles.ts'
import { namesIn } from './folder.ts'

export interface Example {
  readonly pack: PackRef
  readonly today: string
  readonly answers: Answers
}

const exampleShape = v.object({ today: v.pipe(v.string(), v.isoDate()), answers: v.unknown() })

/** Every example of these packs that can be read, by name. */
export async function readExamples(proceduresFolder: string, packs: readonly PackRef[]): Promise<readonly Example[]> {
  const examples: Example[] = []
  for (const pack of packs) {
    const { code, version } = packOf(pack)
    const folder = join(proceduresFolder, code, version, 'examples')
    for (const name of await namesIn(folder, /\.json$/)) {
      const read = parseJson(await readIfThere(join(folder, name)), exampleShape)
      const answers = read === null ? null : parseAnswers(read.answers)
      if (read !== null && answers?.ok) examples.push({ pack, today: read.today, answers: answers.value })
    }
  }
  return examples
}
