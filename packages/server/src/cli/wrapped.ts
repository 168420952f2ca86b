/** Text in lines of at most so many letters, each behind an indentation. */
export function wrapped(text: string, width: number, indentation: string): string {
  const lines: string[] = []
  let line = indentation
  for (const word of text.split(' ')) {
    if (line.length + word.length + 1 > width && line !== indentation) {
      lines.push(line)
      line = indentation
    }
    line += line === indentation ? word : ` ${word}`
  }
  return [...lines, line].join('\n')
}
