/** The English words. */
import { common } from './en/common.ts'
import { components } from './en/components.ts'
import { desk } from './en/desk.ts'
import { failures } from './en/failures.ts'
import { problems } from './en/problems.ts'
import { states } from './en/states.ts'
import { tablet } from './en/tablet.ts'
import type { vi } from './vi.ts'

export const en: typeof vi = { common, components, states, failures, problems, tablet, desk }
