/** Twice the room, with what was there. */
export function grown(words: Uint32Array): Uint32Array<ArrayBuffer> {
  const room = new Uint32Array(words.length * 2)
  room.set(words)
  return room
}
