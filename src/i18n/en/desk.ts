/** Words of the officers' desk. */
export const desk = {
  inbox: {
    title: 'Applications to read',
  },
}
