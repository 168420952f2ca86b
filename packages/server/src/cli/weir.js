#!/usr/bin/env node
// Node 20 reads no TypeScript.
import { register } from 'tsx/esm/api'

register()
await import('./main.ts')
