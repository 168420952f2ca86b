import { expect, it } from 'vitest'
import { daysText, dayText, instantText } from './dayText.ts'

it.each([
  ['2026-10-01', '1 Oct 2026'],
  ['2026-02-28', '28 Feb 2026'],
])('%s is %s', (day, want) => {
  expect(dayText(day)).toBe(want)
})

it.each([
  ['one day', '2026-10-05', '2026-10-05', '5 Oct 2026'],
  ['one month', '2026-10-01', '2026-10-31', '1 – 31 Oct 2026'],
  ['one year', '2026-10-23', '2026-11-21', '23 Oct – 21 Nov 2026'],
  ['two years', '2026-12-15', '2027-01-13', '15 Dec 2026 – 13 Jan 2027'],
])('%s', (_, first, last, want) => {
  expect(daysText(first, last)).toBe(want)
})

it.each([
  ['winter', '2026-11-14T20:30:00.000Z', 'Europe/Berlin', '14 Nov 2026, 21:30'],
  ['summer', '2026-07-14T22:30:00.000Z', 'Europe/Berlin', '15 Jul 2026, 00:30'],
  ['west', '2026-11-01T02:00:00.000Z', 'America/New_York', '31 Oct 2026, 22:00'],
])('an instant in %s', (_, instant, zone, want) => {
  expect(instantText(instant, zone)).toBe(want)
})
