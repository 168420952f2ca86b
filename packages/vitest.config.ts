import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['packages/**/*.test.ts', 'examples/**/*.test.ts'],
    globalSetup: fileURLToPath(new URL('./vitest.setup.ts', import.meta.url)),
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
