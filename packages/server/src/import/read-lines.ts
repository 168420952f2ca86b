/** Some lines of a file, and the number of the first, from 1. */
export interface Lines {
  first: number
  lines: string[]
}

const MOST_LINES = 1_000
const MOST_CHARACTERS = 2 * 1024 * 1024
/** No event is longer than 32 KB, six times that where every character is escaped. What a line has more is not read, but for one character. */
export const MOST_OF_LINE = 256 * 1024

/**
 * Cuts a stream into lines, some hundred at once; reads on only when the last ones were taken. A line
 * that is longer than any event may be is cut there, so that it cannot fill the memory.
 */
export async function* readLines(stream: AsyncIterable<Buffer>): AsyncGenerator<Lines> {
  const decoder = new TextDecoder()
  let first = 1
  let lines: string[] = []
  let characters = 0
  let rest = ''

  const add = (line: string) => {
    lines.push(line.endsWith('\r') ? line.slice(0, -1) : line)
    characters += line.length
  }
  const taken = (): Lines => {
    const some = { first, lines }
    first += lines.length
    lines = []
    characters = 0
    return some
  }

  for await (const chunk of stream) {
    const parts = decoder.decode(chunk, { stream: true }).split('\n')
    const [head = '', ...others] = parts
    if (rest.length <= MOST_OF_LINE) rest += head.slice(0, MOST_OF_LINE + 1)
    for (const part of others) {
      add(rest)
      rest = part
      if (lines.length >= MOST_LINES || characters >= MOST_CHARACTERS) yield taken()
    }
  }
  rest += decoder.decode()
  if (rest !== '') add(rest)
  if (lines.length > 0) yield taken()
}
