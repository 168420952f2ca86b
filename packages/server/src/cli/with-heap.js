import { setFlagsFromString } from 'node:v8'

// As `npm start` in package.json. Events live until their commit: a small young generation copies them; and their
// bytes make V8 mark all of the heap every second, 15 ms with the loop stopped, unless it may grow fourfold first.
const YOUNG = '--max-semi-space-size=64'
const GROWING = '--heap-growing-percent=300'

/**
 * Starts this process anew as `npm start` would have: a twelfth less of a core under full load. Where Node cannot
 * (before 22.15, and on Windows) only what may be said later is said.
 */
export function withHeap() {
  if (process.execArgv.includes(YOUNG)) return
  if (!process.execve || process.platform === 'win32') return setFlagsFromString(GROWING)
  const { execPath, execArgv, argv } = process
  process.execve(execPath, [execPath, ...execArgv, YOUNG, GROWING, ...argv.slice(1)])
}
