import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'

/**
 * Starts a thread from its built file (from a .ts file none starts, whoever runs the process), with the
 * database's address. It keeps no process alive.
 */
export function startThread(name: 'scan-thread' | 'weave-thread', url: string): Worker {
  // The young generation of 64 MB (with-heap.js) is for events until their commit, in the main thread; V8's
  // own is enough here, and takes up to 100 MB less a thread.
  setFlagsFromString('--max-semi-space-size=0')
  const thread = new Worker(new URL(`../dist/${name}.cjs`, import.meta.url), {
    workerData: { url },
  })
  thread.unref()
  return thread
}
