/** One act at a time on the photos of a draft, in the order in which they were asked for; whoever finalises or locks waits. */
export function inTurn<T>(inHand: Set<Promise<unknown>>, work: () => Promise<T>): Promise<T> {
  const mine = Promise.allSettled(inHand).then(async () => {
    try {
      return await work()
    } finally {
      inHand.delete(mine)
    }
  })
  inHand.add(mine)
  return mine
}
