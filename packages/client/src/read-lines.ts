/** The lines of an NDJSON answer, each as soon as it has arrived. */
export async function* readLines<T>(response: Response): AsyncGenerator<T> {
  if (!response.body) return
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const lines = (rest + read.value).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) yield JSON.parse(line)
    }
    if (rest) yield JSON.parse(rest)
  } finally {
    // Whoever stops reading wants no more of it sent.
    await reader.cancel().catch(() => undefined)
  }
}
