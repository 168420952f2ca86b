/** For tests: the same JSON with rows of currencies in the sequence of their names: which of several as common ones goes first is nobody's promise. */
export function inOneSequence(json: unknown): unknown {
  if (Array.isArray(json)) {
    const list = json.map(inOneSequence)
    return list.every((one) => textOf(one) !== null)
      ? list.sort((a, b) => ((textOf(a) ?? '') < (textOf(b) ?? '') ? -1 : 1))
      : list
  }
  if (!isRecord(json) || !isPlain(json)) return json
  return Object.fromEntries(Object.entries(json).map(([name, one]) => [name, inOneSequence(one)]))
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** What stands for any number that is near is no JSON. */
const isPlain = (value: object): boolean => Object.getPrototypeOf(value) === Object.prototype

const textOf = (value: unknown): string | null =>
  isRecord(value) && 'currency' in value ? String(value.currency) : null
