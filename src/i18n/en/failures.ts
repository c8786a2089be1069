/** Every failure kind of core/failures.ts: what happened, and what to do now. Nothing typed is ever lost, and we say so. */
import type { FailureKind } from '../../../core/failures.ts'
import type { FailureText } from '../vi/failures.ts'

export const failures: Record<FailureKind, FailureText> = {
  offline: {
    text: 'There is no network.',
    act: 'Please carry on. Everything is kept on the tablet and goes by itself when there is a network.',
  },
  timeout: {
    text: 'The Centre took too long to answer.',
    act: 'The tablet will try again. You need not do anything.',
  },
  officeDown: {
    text: 'The Centre’s server is in trouble.',
    act: 'The applications are safe on the tablet and will be sent again.',
  },
  captivePortal: {
    text: 'This Wi-Fi wants a sign-in before it lets anything through.',
    act: 'Open its sign-in page or use another network. The applications are safe on the tablet.',
  },
  busy: {
    text: 'The Centre is receiving many applications at once.',
    act: 'The tablet will send again in a few minutes.',
  },
  unavailable: {
    text: 'The Centre has paused receiving for a moment.',
    act: 'The tablet will send again. You need not do anything.',
  },
  officeFull: {
    text: 'The Centre’s storage is full.',
    act: 'The applications are safe on the tablet. Please tell an officer of the Centre.',
  },
  malformed: {
    text: 'The Centre could not understand what was sent.',
    act: 'This package waits and is tried later; the others go on. If it keeps happening, please tell an officer.',
  },
  digestMismatch: {
    text: 'The package was damaged on its way.',
    act: 'The original on the tablet is whole and will be sent again.',
  },
  notFound: {
    text: 'The Centre does not have what was asked for.',
    act: 'The tablet will try again later. If it keeps happening, please tell an officer.',
  },
  conflict: {
    text: 'This has just been done somewhere else.',
    act: 'Reload the page to see how things stand now.',
  },
  tooLarge: {
    text: 'This package is larger than the Centre takes at present.',
    act: 'It stays on the tablet. Please tell an officer, or press “Save to a file” on the page “To send” and bring the file to the Centre.',
  },
  unsupportedType: {
    text: 'The Centre does not take this kind of package.',
    act: 'It stays on the tablet. When “Use the new version” shows at the top of the page, please press it.',
  },
  wireVersionUnknown: {
    text: 'The app on this tablet and the Centre are of different versions.',
    act: 'When “Use the new version” shows at the top of the page, please press it. The applications are safe and will be sent later.',
  },
  deviceUnknown: {
    text: 'The Centre does not know this tablet yet.',
    act: 'Ask an officer to confirm this tablet. What was filled in is all still here and goes by itself after that.',
  },
  deviceRevoked: {
    text: 'The Centre no longer lets this tablet send.',
    act: 'Please begin nothing new and take the tablet to an officer. Everything on it is still here; you can save it to a file on the page “To send”.',
  },
  headerMismatch: {
    text: 'The Centre did not take this package: its label does not match what is inside.',
    act: 'The original is whole on the tablet. Please do not fill it in again; read the temporary code to an officer and ask for help.',
  },
  idTaken: {
    text: 'The Centre already has another package under this code.',
    act: 'Both are kept and nothing is lost. This tablet cannot see the other one: please read the temporary code to an officer, who will compare them. Please do not fill it in again.',
  },
  outcomeInvalid: {
    text: 'The answer that came was not from the Centre.',
    act: 'The tablet does not trust it and will try again. On public Wi-Fi, please change the network.',
  },
  partTooLarge: {
    text: 'A photo is larger than the Centre takes at present.',
    act: 'The form goes first. The photo waits on the tablet; please tell an officer.',
  },
  partNotAnnounced: {
    text: 'The Centre has not seen the application this photo belongs to.',
    act: 'The tablet will send the form first and then the photo again.',
  },
  codeTaken: {
    text: 'Another case already has this official code.',
    act: 'Please check every digit. If both cases really share one code, confirm it and send again.',
  },
  notSignedIn: {
    text: 'The session has ended.',
    act: 'Sign in again to see news. What waits to be sent keeps going.',
  },
  forbidden: {
    text: 'This account may not do that.',
    act: 'If you need this right, please ask the person in charge.',
  },
  updateNeeded: {
    text: 'The app on this tablet is old.',
    act: 'When it suits you, press “Use the new version” at the top of the page. What waits to be sent keeps going.',
  },
  ticketInvalid: {
    text: 'The code for enrolling a tablet is not right.',
    act: 'Check every letter, or ask an officer for a new code.',
  },
  ticketSpent: {
    text: 'The code for enrolling a tablet is used or older than 15 minutes.',
    act: 'Ask an officer for a new code.',
  },
  badgeCodeInvalid: {
    text: 'The badge code is not right or has been used.',
    act: 'Check every letter, or ask an officer for a new code.',
  },
  badgeInvalid: {
    text: 'The volunteer’s badge on this tablet can no longer be used.',
    act: 'Ask an officer for a new badge code. What was filled in is all still here.',
  },
  rootMismatch: {
    text: 'This server is not the Centre that this tablet belongs to.',
    act: 'Stop here and tell an officer. Nothing has been sent.',
  },
  keySetInvalid: {
    text: 'The set of keys that came is not the Centre’s.',
    act: 'The tablet keeps the old keys. Please tell an officer if it keeps happening.',
  },
  keySetOlder: {
    text: 'The set of keys that came is older than the one in use.',
    act: 'The tablet keeps the keys in use. Please tell an officer if it keeps happening.',
  },
  unreadable: {
    text: 'The Centre could not open this application yet.',
    act: 'The package is kept unchanged in both places. Please ask an officer to look.',
  },
  packUnknown: {
    text: 'The Centre does not have this procedure’s form yet.',
    act: 'The application is kept and will open when the form arrives. You need not do anything.',
  },
  packInvalid: {
    text: 'The procedure form that was downloaded is faulty.',
    act: 'The tablet keeps the old form. Please tell an officer if it keeps happening.',
  },
  packTooNew: {
    text: 'A procedure has changed in a way that this app cannot read yet.',
    act: 'The tablet goes on with the version before. Please update the app.',
  },
  answersInvalid: {
    text: 'Some answers are not right yet.',
    act: 'Look at the list above and mend them one by one.',
  },
  locked: {
    text: 'The tablet is locked.',
    act: 'Unlock it with your passphrase to carry on.',
  },
  passphraseWrong: {
    text: 'The passphrase is not right.',
    act: 'Type it again; mind the Vietnamese keyboard and capitals. If forgotten, ask an officer: drafts can be rescued.',
  },
  cannotDecrypt: {
    text: 'The tablet cannot open one of the drafts.',
    act: 'It is kept unchanged. Please do not remove the app, and tell an officer.',
  },
  draftChanged: {
    text: 'This draft has just been changed in another window.',
    act: 'Reload to see the newest one. What you have just typed here is not lost: it will be shown for you to choose.',
  },
  tooLargeToSeal: {
    text: 'The application is longer than can be sent.',
    act: 'Shorten the long notes and try again. Everything typed is still here.',
  },
  storageFull: {
    text: 'There is not enough room on the tablet.',
    act: 'What was saved is safe. Remove photos or other files from the tablet and try again; if you have just typed something, please do not close this page.',
  },
  databaseNewer: {
    text: 'A newer version of the app has been opened on this tablet.',
    act: 'Load the page again to use it. Everything that was saved is still there.',
  },
  databaseBlocked: {
    text: 'Another window of the app is holding the storage of this tablet.',
    act: 'Please close the other windows of the app; this page then goes on by itself.',
  },
  storageBroken: {
    text: 'The tablet could not write to its storage.',
    act: 'Please do not close this page. Try again, and tell an officer if it stays so.',
  },
}
