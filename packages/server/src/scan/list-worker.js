// A worker thread does not start from a .ts file, whoever runs the process.
import { register } from 'tsx/esm/api'

register()
await import('./list-worker-main.ts')
