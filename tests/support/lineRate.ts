/** One direction of a line: pieces pass in order and no faster than the line allows; whoever sends feels it. */
import type { Socket } from 'node:net'
import type { LineSettings } from './line.ts'

/** Small enough that a slow line is slow all the time, and not fast in bursts. */
const pieceBytes = 4096

/** Passes on what comes from one socket to the other; `onPassed` sees each piece. An end on one side ends the other. */
export function carries(from: Socket, to: Socket, settings: () => LineSettings, onPassed: (bytes: Buffer) => void = () => undefined): void {
  const pass = async (bytes: Buffer): Promise<void> => {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const piece = bytes.subarray(at, at + pieceBytes)
      const { bytesPerSecond, isBlackHole, onLost } = settings()
      if (isBlackHole === true) {
        onLost?.(piece)
        continue
      }
      if (bytesPerSecond !== undefined) await new Promise((resolve) => setTimeout(resolve, (piece.length / bytesPerSecond) * 1000))
      if (to.destroyed || from.destroyed) return
      to.write(piece)
      onPassed(piece)
    }
  }
  from.on('data', (bytes: Buffer) => {
    from.pause()
    void pass(bytes).then(() => from.resume())
  })
  from.on('end', () => settings().isBlackHole === true || to.end())
  // A cut connection tells both sides by an error; the line itself goes on.
  from.on('error', () => to.destroy())
}
