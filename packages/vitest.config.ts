import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { howLong } from './how-long.ts'

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
  },
})
