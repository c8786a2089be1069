/** Every field kind under the name that packs use. A new kind is one file and one line here. */
import { address } from './address.ts'
import { choice } from './choice.ts'
import { consent } from './consent.ts'
import { country } from './country.ts'
import { date } from './date.ts'
import { declaration } from './declaration.ts'
import { email } from './email.ts'
import { ethnicGroup } from './ethnicGroup.ts'
import type { FieldKind } from './fieldKind.ts'
import { list } from './list.ts'
import { money } from './money.ts'
import { multiChoice } from './multiChoice.ts'
import { name } from './name.ts'
import { number } from './number.ts'
import { paragraph } from './paragraph.ts'
import { personalNumber } from './personalNumber.ts'
import { phone } from './phone.ts'
import { signature } from './signature.ts'
import { text } from './text.ts'
import { yesNo } from './yesNo.ts'
import type { KindName } from '../packShape.ts'

export const kinds: Readonly<Record<KindName, FieldKind>> = {
  address,
  choice,
  consent,
  country,
  date,
  declaration,
  email,
  ethnicGroup,
  list,
  money,
  multiChoice,
  name,
  number,
  paragraph,
  personalNumber,
  phone,
  signature,
  text,
  yesNo,
}
