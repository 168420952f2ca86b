/** Whoever sends events chooses ids: hashes are spread by a number that nobody knows, so that none can be made to collide. */
export const SPREAD = (Math.random() * 2 ** 32) | 1
