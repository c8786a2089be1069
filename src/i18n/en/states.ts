/** The states of an application: on the tablet, on the way, at the office. `line` says it in a sentence. */
export const states = {
  draft: { name: 'Draft', line: 'Still being filled in, saved on this tablet.' },
  onlyHere: { name: 'Only on this tablet', line: 'Finished, but not yet at the Centre. Please take good care of the tablet.' },
  queued: { name: 'Waiting to be sent', line: 'It goes by itself when there is a network. You need not do anything.' },
  received: { name: 'Arrived, photos missing', line: 'The Centre has the form; the photos of papers are still on their way.' },
  complete: { name: 'At the Centre', line: 'The Centre has everything. An officer will read it.' },
  refused: { name: 'Sent back', line: 'The Centre did not take this package. The original is whole on the tablet. Please read the temporary code to an officer and ask for help.' },
  disputed: { name: 'To compare', line: 'The Centre already has another package under this code. Both are kept, nothing is lost. Please read the temporary code to an officer, who will compare them.' },
  gone: { name: 'No longer at the Centre', line: 'The Centre has lost this application or a part of it, and this tablet had already removed its copy. Please read the temporary code to an officer, to find a way together.' },
  waiting: { name: 'Waiting for an officer', line: 'It is at the Centre and waiting its turn.' },
  accepted: { name: 'Accepted', line: 'An officer has accepted it and given it a code.' },
  supplement: { name: 'More needed', line: 'The officer needs more papers or details.' },
  declined: { name: 'Declined', line: 'The officer did not accept it and wrote down why.' },
  quarantined: { name: 'To be checked', line: 'It has arrived but could not be read as usual. An officer must look.' },
}
