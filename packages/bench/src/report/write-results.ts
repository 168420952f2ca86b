import { mkdir, writeFile } from 'node:fs/promises'
import { RESULTS } from '../home.ts'
import { markdownOf } from './markdown.ts'
import type { Results } from './results.ts'
import { targetsOf } from './targets.ts'

/** Prints the page, and keeps it beside the numbers in packages/bench/results. */
export async function writeResults(results: Results): Promise<void> {
  const page = markdownOf(results)
  console.log(`\n${page}`)
  await mkdir(RESULTS, { recursive: true })
  await writeFile(new URL('query.md', RESULTS), page)
  const json = JSON.stringify({ ...results, targets: targetsOf(results) }, null, 2)
  await writeFile(new URL('query.json', RESULTS), `${json}\n`)
}
