/** Every field kind and the component that asks it. A new kind is one file in `fields/` and one line here or in columnViews.ts. */
import type { Component } from 'vue'
import type { KindName } from '../../core/procedure/packShape.ts'
import { columnViews } from './columnViews.ts'
import ConsentField from './fields/ConsentField.vue'
import DeclarationField from './fields/DeclarationField.vue'
import ListField from './fields/ListField.vue'
import SignatureField from './fields/SignatureField.vue'

export const fieldViews: Readonly<Record<KindName, Component>> = {
  ...columnViews,
  consent: ConsentField,
  declaration: DeclarationField,
  list: ListField,
  signature: SignatureField,
}
