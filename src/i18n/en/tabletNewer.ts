/** Words about a newer version of a procedure while a draft is open. */
export const tabletNewer = {
  newer: {
    title: 'This procedure has a new version',
    changes: 'If this application moves to the new version:',
    nothing: 'Nothing has to be added or left out in this application.',
    asked: 'Asked in addition: {name}',
    dropped: 'No longer asked, the answer is left out: {name}',
    refused: 'Has to be corrected: {name}',
    paperAdded: 'Another paper is needed: {name}',
    paperDropped: 'No longer needed: {name}',
    fee: 'Expected fee: {before} becomes {after}',
    stay: 'You can also finish with the present version; the centre accepts it.',
    move: 'Move to the new version',
    unnamed: 'A new procedure, code {code}',
  },
}
