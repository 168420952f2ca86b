import { count, interval } from '@weir/client/text'
import type { BreakdownRow, FunnelAnswer } from '@weir/contract'
import { shortened } from '../table.ts'
import { tableWithBars } from '../table-with-bars.ts'
import type { Terminal } from '../terminal.ts'
import { type Definition, rateCell } from './shown-rate.ts'

const VALUE = 30

/** A row for each value, and what was divided by what in it. */
export function breakdownText(
  { question, other }: FunnelAnswer,
  breakdown: readonly BreakdownRow[],
  definition: Definition,
  terminal: Terminal,
): string {
  const { dim } = terminal
  const groups = [
    ...breakdown.map(({ value, conversion }) => ({
      name: value === null ? dim('unset') : shortened(value, VALUE),
      rate: conversion.rates[definition],
    })),
    ...(other ? [{ name: dim('all others'), rate: other.conversion.rates[definition] }] : []),
  ]
  const largest = Math.max(...groups.map(({ rate }) => rate?.rate ?? 0))
  const rows = groups.map(({ name, rate }) => [
    name,
    count(rate?.numerator ?? 0),
    count(rate?.denominator ?? 0),
    rateCell(rate),
    rate ? interval(rate.low, rate.high) : '',
  ])
  const property = shortened(question.breakdown?.property ?? '', VALUE)
  const head = [property, 'converted', 'of', 'rate', '95 % interval']
  const shares = groups.map(({ rate }) => (largest === 0 ? 0 : (rate?.rate ?? 0) / largest))
  return tableWithBars({ head, rows, sides: 'lrrrr', at: 5, shares }, terminal)
}
