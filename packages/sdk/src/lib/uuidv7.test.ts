import { expect, it } from 'vitest'
import { uuidv7 } from './uuidv7.ts'

it('is a version 7 UUID that begins with its time', () => {
  const id = uuidv7(1_795_284_000_123)
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(id.replace('-', ''), 16)).toBe(1_795_284_000_123)
})

it('is another one each time', () => {
  expect(new Set(Array.from({ length: 10_000 }, () => uuidv7(1_795_284_000_123))).size).toBe(10_000)
})
