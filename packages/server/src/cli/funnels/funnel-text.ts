import type { FilterInput, FunnelVersionAnswer } from '@weir/contract'
import { table } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { wrapped } from '../wrapped.ts'
import { stageName } from './stage-name.ts'

/** A funnel, stage by stage. */
export function funnelText(
  { name, version, created_at, built_in, funnel }: FunnelVersionAnswer,
  { bold, dim, width }: Pick<Terminal, 'bold' | 'dim' | 'width'>,
): string {
  if (!funnel) return `${bold(name)}  version ${version} deleted it.`
  const { stages, window, order = 'ordered', unit = 'visitor', filters, exclusions, hold } = funnel
  const when = built_in ? 'built in' : `version ${version} of ${created_at.slice(0, 10)}`
  const rows = stages.map((stage, place) => [
    String(place + 1),
    stageName(stage),
    dim(
      [
        ...(stage.optional ? ['optional'] : []),
        ...(stage.name === undefined ? [] : [stage.events.join(' or ')]),
        ...(stage.filters ?? []).map(filterText),
      ].join(', '),
    ),
  ])
  const more = [
    ...(filters?.length ? [`only ${filters.map(filterText).join(', ')}`] : []),
    ...(exclusions ?? []).map(
      (excluded) =>
        `without ${[excluded.events.join(' or '), ...(excluded.filters ?? []).map(filterText)].join(', ')}${placeText(excluded)}`,
    ),
    ...(hold ? [`with the same ${hold} in every stage`] : []),
  ]
  return [
    `${bold(name)}  ${dim(`${when}, window ${window}, ${order}, by ${unit}`)}`,
    table(rows, 'r'),
    ...more.map((line) => wrapped(line, width, '  ')),
  ].join('\n')
}

const filterText = ({ property, op, value }: FilterInput): string =>
  [property, op, value ?? ''].join(' ').trim()

const placeText = (excluded: {
  after_stage?: number | undefined
  before_stage?: number | undefined
}) =>
  [
    ...(excluded.after_stage === undefined ? [] : [` after stage ${excluded.after_stage}`]),
    ...(excluded.before_stage === undefined ? [] : [` before stage ${excluded.before_stage}`]),
  ].join(' and')
