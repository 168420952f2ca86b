import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { startTestWeir } from './testing.ts'

it('stops though somebody is connected who never asks anything', async () => {
  const weir = await startTestWeir({ weaving: false })
  const socket = connect(Number(new URL(weir.url).port), '127.0.0.1')
  await once(socket, 'connect')
  const ended = once(socket, 'close')
  socket.on('error', () => undefined)
  await weir.stop()
  await ended
  expect(socket.destroyed).toBe(true)
})
