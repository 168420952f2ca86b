#!/usr/bin/env node
// Node 20 reads no TypeScript.
import { register } from 'tsx/esm/api'
import { withHeap } from './with-heap.js'

if (process.argv[2] === 'start') withHeap()
register()
await import('./main.ts')
