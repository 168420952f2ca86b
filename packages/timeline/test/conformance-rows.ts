import file from '../conformance/rows.json' with { type: 'json' }
import type { Event } from '../src/gather.ts'
import type {
  Breakdown,
  Exclusion,
  Filter,
  FilterOp,
  Funnel,
  Order,
  Range,
  Unit,
} from '../src/matching/funnel.ts'
import { MINUTE_MS } from './shorthand.ts'

const SECOND_MS = 1000

/** The format of `conformance/rows.json`; what each field means stands in the README beside it. */
interface FileRow {
  readonly row: number
  readonly title: string
  readonly funnel: FileFunnel
  readonly visitors: readonly { readonly times: number; readonly events: readonly FileEvent[] }[]
  readonly expect: Expected
}

interface FileFunnel {
  readonly stages: readonly (FileSelector & { readonly optional?: boolean })[]
  readonly order?: string
  readonly unit?: string
  readonly hold?: string
  readonly filters?: readonly FileFilter[]
  readonly exclusions?: readonly FileExclusion[]
  readonly breakdown?: { readonly property: string; readonly attribution: string }
  readonly from_minute?: number
  readonly to_minute?: number
}

interface FileSelector {
  readonly events: readonly string[]
  readonly filters?: readonly FileFilter[]
}

interface FileExclusion extends FileSelector {
  readonly after_stage?: number
  readonly before_stage?: number
}

interface FileFilter {
  readonly property: string
  readonly op: string
  readonly value?: NonNullable<Filter['value']>
}

interface FileEvent {
  readonly event: string
  readonly minute?: number
  readonly second?: number
  readonly properties?: Event['properties']
}

interface Expected {
  readonly counts: readonly number[]
  readonly time_to_convert_seconds: number | null
  readonly time_to_stage_seconds?: readonly (number | null)[]
  readonly site_visitors?: number
  readonly conversion_events?: number
  readonly rate?: number
  readonly breakdown?: readonly {
    readonly value: string | null
    readonly counts: readonly number[]
  }[]
}

export interface ConformanceRow {
  readonly name: string
  readonly funnel: Funnel
  readonly range: Range
  readonly events: readonly Event[]
  readonly expect: Expected
}

const fileRows: readonly FileRow[] = file.rows

const OPS: readonly FilterOp[] = [
  'eq',
  'ne',
  'in',
  'not_in',
  'contains',
  'starts_with',
  'gt',
  'gte',
  'lt',
  'lte',
  'set',
  'unset',
]

/** The published rows, as questions and events. */
export const conformanceRows: readonly ConformanceRow[] = fileRows.map((row) => ({
  name: `${row.row}. ${row.title}`,
  funnel: funnelOf(row),
  range: {
    from: (row.funnel.from_minute ?? file.defaults.from_minute) * MINUTE_MS,
    to: (row.funnel.to_minute ?? file.defaults.to_minute) * MINUTE_MS,
  },
  events: eventsOf(row),
  expect: row.expect,
}))

function funnelOf({ funnel }: FileRow): Funnel {
  const stages = funnel.stages.length
  return {
    stages: funnel.stages.map((stage) => ({
      events: stage.events,
      filters: filtersOf(stage.filters),
      optional: stage.optional ?? false,
    })),
    window_ms: file.defaults.window_minutes * MINUTE_MS,
    order: oneOf<Order>(['ordered', 'strict', 'any_order'], funnel.order ?? file.defaults.order),
    unit: oneOf<Unit>(['visitor', 'visit'], funnel.unit ?? file.defaults.unit),
    hold: funnel.hold ?? null,
    filters: filtersOf(funnel.filters),
    exclusions: (funnel.exclusions ?? []).map(
      (exclusion): Exclusion => ({
        events: exclusion.events,
        filters: filtersOf(exclusion.filters),
        after_stage: exclusion.after_stage ?? 1,
        before_stage: exclusion.before_stage ?? stages,
      }),
    ),
    breakdown: funnel.breakdown ? breakdownOf(funnel.breakdown) : null,
    bots: false,
    cookieless: false,
  }
}

function eventsOf({ visitors }: FileRow): Event[] {
  return visitors.flatMap(({ times, events }, group) =>
    Array.from({ length: times }, (_, i) =>
      events.map((event) => ({
        visitor: `${group}.${i}`,
        name: event.event,
        at: Math.round((event.minute ?? 0) * MINUTE_MS + (event.second ?? 0) * SECOND_MS),
        properties: event.properties ?? {},
      })),
    ).flat(),
  )
}

function filtersOf(filters: readonly FileFilter[] = []): Filter[] {
  return filters.map(({ property, op, value }) => ({
    property,
    op: oneOf<FilterOp>(OPS, op),
    ...(value === undefined ? {} : { value }),
  }))
}

function breakdownOf({
  property,
  attribution,
}: {
  property: string
  attribution: string
}): Breakdown {
  const stage = /^stage:(\d+)$/.exec(attribution)?.[1]
  return {
    property,
    attribution: stage
      ? `stage:${Number(stage)}`
      : oneOf(['last_touch', 'first_touch', 'entry'], attribution),
  }
}

function oneOf<T extends string>(known: readonly T[], text: string): T {
  const found = known.find((one) => one === text)
  if (found === undefined) throw new Error(`${text} is none of ${known.join(', ')}`)
  return found
}
