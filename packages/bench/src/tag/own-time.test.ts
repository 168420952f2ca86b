import { expect, it } from 'vitest'
import { ownTimes, WRITING } from './own-time.ts'
import type { TraceEvent } from './trace.ts'

const event = (name: string, ts: number, dur: number, url: string, tid = 1): TraceEvent => ({
  ...{ name, ts, dur: dur + 50, tdur: dur, tid, ph: 'X' },
  args: { data: { url } },
})

it('is the time of what a script runs, each stretch once, and of no other script', () => {
  const events = [
    event('FunctionCall', 9_000, 400, 'ours.js'),
    event('EvaluateScript', 1_000, 2_000, 'ours.js'),
    event('v8.compile', 1_100, 500, 'ours.js'),
    event('FunctionCall', 2_000, 900, 'ours.js'),
    event('FunctionCall', 2_000, 100, 'ours.js', 2),
    event('FunctionCall', 4_000, 900, 'another.js'),
    event('UpdateLayoutTree', 5_000, 900, 'ours.js'),
  ]
  expect(ownTimes(events, (url) => url === 'ours.js')).toEqual([
    { name: 'EvaluateScript', ms: 2 },
    { name: 'FunctionCall', ms: 0.1 },
    { name: 'FunctionCall', ms: 0.4 },
  ])
})

it('is told apart from what the browser writes down meanwhile', () => {
  const events = [
    event('EvaluateScript', 1_000, 2_000, 'ours.js'),
    event('v8.produceCache', 1_500, 1_400, 'ours.js'),
  ]
  expect(ownTimes(events, (url) => url === 'ours.js', WRITING)).toEqual([
    { name: 'v8.produceCache', ms: 1.4 },
  ])
})
