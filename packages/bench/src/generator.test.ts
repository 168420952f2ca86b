import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { traffic } from './traffic/traffic.ts'

const DAY_MS = 86_400_000
const options = { events: 3_000, from: Date.UTC(2025, 0), days: 9 }

function hashOf(seed: number): string {
  const hash = createHash('sha256')
  for (const day of traffic({ ...options, seed })) hash.update(JSON.stringify(day))
  return hash.digest('hex')
}

test('the same seed makes the same events, another seed others', () => {
  expect(hashOf(1)).toBe(hashOf(1))
  expect(hashOf(1)).not.toBe(hashOf(2))
})

test('the events of a seed stay the same from version to version', () => {
  expect(hashOf(42).slice(0, 16)).toBe('bb2186c62ffa9d0a')
})

test('events come by time, none twice, none of a visitor at one time, all inside the days', () => {
  const ids = new Set<string>()
  const moments = new Set<string>()
  const events = [...traffic({ ...options, seed: 3 })].flatMap((day) => {
    expect(day).toEqual(day.toSorted((a, b) => a.at - b.at))
    return day
  })
  for (const { event_id, visitor_id, at } of events) {
    ids.add(event_id)
    moments.add(`${visitor_id} ${at}`)
  }
  expect(ids.size).toBe(events.length)
  expect(moments.size).toBe(events.length)
  expect(Math.abs(events.length / options.events - 1)).toBeLessThan(0.15)
  expect(events.every(({ at }) => at >= options.from && at < options.from + 9 * DAY_MS)).toBe(true)
})
