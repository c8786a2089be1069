/** Words of the tablet's own pages. */
export const tablet = {
  home: {
    title: 'Hôm nay bạn giúp ai?',
  },
}
