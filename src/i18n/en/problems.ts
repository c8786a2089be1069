/**
 * What is wrong with things that are no answers of a procedure: codes, passphrases, officers' fields. The rules of
 * procedures have their texts in procedures/common and in each pack.
 */
export const problems = {
  required: 'Please fill in “{label}”.',
  chooseOne: 'Please choose one for “{label}”.',
  codeShape: 'The code has {n} characters. Please check it.',
  passphraseShort: 'The passphrase needs at least {n} characters. Four or five words that you can remember are best.',
  passphraseDiffers: 'The two do not match. Please type the second one again.',
  officialCode: 'The application code has the form H57.… of the city’s system. Please check it.',
  dateShape: 'This is not a date. Please give it as day/month/year.',
  dateTooEarly: 'This date may not be before {date}.',
  reasonNeeded: 'Please write the reason, so that the citizen knows what to do.',
  usernameShape: 'The user name takes small letters without accents, digits and dots.',
}
