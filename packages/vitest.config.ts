import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { howLong } from './how-long.ts'

/** They wait half a minute and more for clocks, browsers and processes: begun last, nothing would fill that time. */
const LONGEST =
  /\/(start|crash|delivery|weather|firefox|webkit|elements|page|weir|embedded)\.test\.ts$/

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => LONGEST.test(moduleId)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

// No test may depend on where it runs: here it is a quarter to six when it is midnight in UTC. The databases lie elsewhere still.
process.env.TZ = 'Asia/Kathmandu'

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['packages/**/*.test.ts', 'examples/**/*.test.ts'],
    globalSetup: fileURLToPath(new URL('./vitest.setup.ts', import.meta.url)),
    // Only for what hangs: how fast the machine is proves nothing.
    testTimeout: howLong(60_000),
    hookTimeout: howLong(120_000),
    // Most tests of pages wait most of the time.
    maxWorkers: 2 * availableParallelism(),
    // The files of a worker share what they import, and a browser: no test may leave anything behind.
    isolate: false,
    sequence: { sequencer: LongestFirst },
  },
})
