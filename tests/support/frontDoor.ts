/** The office of a test behind a real socket, and a way to say to it what no client's library would. */
import { connect } from 'node:net'
import { makeFrontDoor, type FrontDoorOptions } from '../../server/start/frontDoor.ts'
import { closeServer, listen } from '../../server/start/listening.ts'
import type { WholeOffice } from './wholeOffice.ts'

/** Listens on any free port of this machine. */
export async function aFrontDoor({ app, office }: WholeOffice, options: FrontDoorOptions = {}) {
  const server = makeFrontDoor(app, office.config, options)
  const listening = await listen(server, 0)
  if (!listening.ok) throw new Error(listening.failure)
  const { port } = listening.value
  return {
    port,
    /** Everything that comes back to these bytes, until the office ends the connection. */
    say: (bytes: string): Promise<string> =>
      new Promise((resolve, reject) => {
        let heard = ''
        const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(Buffer.from(bytes, 'latin1')))
        socket.on('data', (piece) => (heard += piece.toString('latin1')))
        socket.once('close', () => resolve(heard))
        socket.once('error', reject)
      }),
    close: () => closeServer(server, 0),
  }
}
