/** Every field kind and the component that asks it. A new kind is one file in `fields/` and one line here. */
import type { Component } from 'vue'
import type { KindName } from '../../core/procedure/packShape.ts'
import AddressField from './fields/AddressField.vue'
import ChoiceField from './fields/ChoiceField.vue'
import CountryField from './fields/CountryField.vue'
import DateField from './fields/DateField.vue'
import DeclarationField from './fields/DeclarationField.vue'
import EmailField from './fields/EmailField.vue'
import EthnicGroupField from './fields/EthnicGroupField.vue'
import NameField from './fields/NameField.vue'
import NumberField from './fields/NumberField.vue'
import PersonalNumberField from './fields/PersonalNumberField.vue'
import PhoneField from './fields/PhoneField.vue'
import TextField from './fields/TextField.vue'
import YesNoField from './fields/YesNoField.vue'

export const fieldViews: Readonly<Record<KindName, Component>> = {
  address: AddressField,
  choice: ChoiceField,
  country: CountryField,
  date: DateField,
  declaration: DeclarationField,
  email: EmailField,
  ethnicGroup: EthnicGroupField,
  name: NameField,
  number: NumberField,
  personalNumber: PersonalNumberField,
  phone: PhoneField,
  text: TextField,
  yesNo: YesNoField,
}
