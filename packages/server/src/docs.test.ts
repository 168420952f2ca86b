/** Every request in docs/ is made of the demo, and must give the answer that stands below it. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemoWeir } from './demo/demo-weir.fixture.ts'
import type { TestWeir } from './testing.ts'

const run = promisify(execFile)
const EXAMPLE =
  /(?:^## (?<title>[^\n]*)\n+)?```sh\n(?<command>.*?)```\n+```(?<kind>\w+)\n(?<want>.*?)```/gms
const DIVISION = /([\d,]+) \/ ([\d,]+) = ([\d.]+) %/g

let weir: TestWeir
beforeAll(async () => {
  weir = await startDemoWeir()
}, 120_000)
afterAll(() => weir.stop())

async function read(name: string) {
  const text = await readFile(new URL(`../docs/${name}.md`, import.meta.url), 'utf8')
  const examples = [...text.matchAll(EXAMPLE)].map(({ groups = {} }, place) => ({
    title: groups.title ?? `example ${place + 1}`,
    command: groups.command ?? '',
    kind: groups.kind ?? '',
    want: groups.want ?? '',
  }))
  return { text, examples }
}

/** What was answered, as far as it stands in a document: only those fields, to as many decimals. */
function asWritten(answer: unknown, written: unknown): unknown {
  if (typeof answer === 'number' && typeof written === 'number') {
    const decimals = String(written).split('.')[1]?.length
    return decimals === undefined ? answer : Number(answer.toFixed(decimals))
  }
  if (Array.isArray(answer) && Array.isArray(written))
    return answer.map((item, place) => asWritten(item, written[place]))
  if (!isRecord(answer) || !isRecord(written)) return answer
  return Object.fromEntries(
    Object.entries(written).map(([name, value]) => [name, asWritten(answer[name], value)]),
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const cookbook = await read('cookbook')
const reading = await read('reading')

describe('documented requests', () => {
  it.each([...cookbook.examples, ...reading.examples])(
    '$title',
    async ({ command, kind, want }) => {
      const here = command
        .replace('http://127.0.0.1:8787', weir.url)
        .replace('curl', 'curl --silent')
      const { stdout } = await run('/bin/sh', ['-c', here])
      if (kind !== 'json') return expect(stdout.replaceAll('\r\n', '\n').trim()).toBe(want.trim())
      const written: unknown = JSON.parse(want)
      expect(asWritten(JSON.parse(stdout), written)).toEqual(written)
    },
  )

  it('are all found', () => {
    expect(cookbook.examples.length).toBeGreaterThanOrEqual(20)
    for (const { text, examples } of [cookbook, reading])
      expect(examples).toHaveLength(text.split('```sh').length - 1)
  })
})

it.each([...`${reading.text}${cookbook.text}`.matchAll(DIVISION)].map(([, ...parts]) => parts))(
  '%s / %s is %s %',
  (numerator = '', denominator = '', percentage = '') => {
    const number = (text: string) => Number(text.replaceAll(',', ''))
    const decimals = percentage.split('.')[1]?.length ?? 0
    const rate = (100 * number(numerator)) / number(denominator)
    expect(rate.toFixed(decimals)).toBe(percentage)
  },
)
