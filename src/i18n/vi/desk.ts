/** Words of the officers' desk. */
export const desk = {
  inbox: {
    title: 'Hồ sơ chờ xem',
  },
}
