import type { InjectionKey, ShallowRef } from 'vue'
import type { Answers } from '../../../core/procedure/answers.ts'

/** What was typed in this window before the draft was opened again because another window had changed it; null is nothing. */
export const typedHereKey: InjectionKey<ShallowRef<Answers | null>> = Symbol('typedHere')
