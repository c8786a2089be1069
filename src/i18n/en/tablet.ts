/** Words of the tablet's own pages. */
export const tablet = {
  home: {
    title: 'Who are you helping today?',
  },
}
