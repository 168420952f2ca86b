/** The values of an NDJSON answer, each as soon as its line has arrived. */
export async function* readLines<T>(response: Response): AsyncGenerator<T> {
  for await (const line of linesOf(response)) yield JSON.parse(line)
}

/** The data of server-sent events, each as soon as it has arrived; Weir writes each in one line. */
export async function* readMessages<T>(response: Response): AsyncGenerator<T> {
  for await (const line of linesOf(response)) {
    if (line.startsWith('data: ')) yield JSON.parse(line.slice(6))
  }
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  if (!response.body) return
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const lines = (rest + read.value).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
    if (rest) yield rest
  } finally {
    // Whoever stops reading wants no more of it sent.
    await reader.cancel().catch(() => undefined)
  }
}
