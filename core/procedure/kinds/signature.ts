/** A signature on the glass, or a mark before a witness. Nothing is judged but that it is one. */
import { isName, tidyText } from '../../identity/names.ts'
import { fail, ok } from '../../result.ts'
import { isSignature } from '../answers.ts'
import { blankText, kindProblem, noChecks, plain, type FieldKind } from './fieldKind.ts'

const strokesShape = /^\d{1,4},\d{1,4}(?:[ ;]\d{1,4},\d{1,4})+$/
const momentShape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/

export const signature: FieldKind = {
  tidy: (value) => {
    if (!isSignature(value)) return undefined
    const witness = value.how === 'mark' ? tidyText(value.witness) : ''
    const strokes = value.how === 'drawn' ? tidyText(value.strokes) : ''
    return witness === '' && strokes === '' ? undefined : { how: value.how, strokes, witness, at: tidyText(value.at) }
  },
  isEmpty: (value) => blankText(value) || isSignature(value),
  parse: (value) => {
    if (!isSignature(value) || !momentShape.test(value.at)) return fail(kindProblem('signature.shape'))
    if (value.how === 'mark') return isName(value.witness) ? ok(value) : fail(kindProblem('signature.witness'))
    return strokesShape.test(value.strokes) ? ok(value) : fail(kindProblem('signature.shape'))
  },
  check: noChecks,
  format: (value, _field, { signed }) => (isSignature(value) ? signed(value) : plain(value)),
}
