/** The Vietnamese words, area by area. This file is the type of every other language. */
import { common } from './vi/common.ts'
import { components } from './vi/components.ts'
import { desk } from './vi/desk.ts'
import { failures } from './vi/failures.ts'
import { problems } from './vi/problems.ts'
import { states } from './vi/states.ts'
import { tablet } from './vi/tablet.ts'

export const vi = { common, components, states, failures, problems, tablet, desk }
