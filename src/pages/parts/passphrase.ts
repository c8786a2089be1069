/** Shortest passphrase, in characters. */
export const minPassphraseLength = 12

/** A passphrase as it is used: one form however the keyboard composed it, single spaces, none at the ends. */
export const plainPassphrase = (typed: string): string => typed.normalize('NFC').trim().replace(/\s+/g, ' ')
