/** Whether lists and objects stand in each other more than `most` deep. Without recursion: the stack has an end. */
export function isDeep(value: unknown, most: number): boolean {
  let level = insideOf(value)
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > most) return true
    level = level.flatMap(insideOf)
  }
  return false
}

const insideOf = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : []
