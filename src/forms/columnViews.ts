/** Every kind of one answer and the component that asks it, alone or as a column of a list. */
import type { Component } from 'vue'
import type { Column } from '../../core/procedure/packShape.ts'
import AddressField from './fields/AddressField.vue'
import ChoiceField from './fields/ChoiceField.vue'
import CountryField from './fields/CountryField.vue'
import DateField from './fields/DateField.vue'
import EmailField from './fields/EmailField.vue'
import EthnicGroupField from './fields/EthnicGroupField.vue'
import MoneyField from './fields/MoneyField.vue'
import MultiChoiceField from './fields/MultiChoiceField.vue'
import NameField from './fields/NameField.vue'
import NumberField from './fields/NumberField.vue'
import ParagraphField from './fields/ParagraphField.vue'
import PersonalNumberField from './fields/PersonalNumberField.vue'
import PhoneField from './fields/PhoneField.vue'
import TextField from './fields/TextField.vue'
import YesNoField from './fields/YesNoField.vue'

export const columnViews: Readonly<Record<Column['kind'], Component>> = {
  address: AddressField,
  choice: ChoiceField,
  country: CountryField,
  date: DateField,
  email: EmailField,
  ethnicGroup: EthnicGroupField,
  money: MoneyField,
  multiChoice: MultiChoiceField,
  name: NameField,
  number: NumberField,
  paragraph: ParagraphField,
  personalNumber: PersonalNumberField,
  phone: PhoneField,
  text: TextField,
  yesNo: YesNoField,
}
