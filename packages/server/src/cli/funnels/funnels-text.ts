import type { FunnelVersionAnswer } from '@weir/contract'
import { shortened, table } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { stageName } from './stage-name.ts'

const NAME = 24
const VERSION_AND_SAVED = 27

/** A line each: which version, of when, and its stages. */
export function funnelsText(
  funnels: readonly FunnelVersionAnswer[],
  { dim, width }: Pick<Terminal, 'dim' | 'width'>,
): string {
  const names = funnels.map(({ name }) => shortened(name, NAME))
  const room = width - VERSION_AND_SAVED - Math.max(0, ...names.map((name) => name.length))
  const head = ['name', 'version', 'saved', 'stages'].map((title) => dim(title))
  const rows = funnels.map(({ version, created_at, built_in, funnel }, place) => [
    names[place] ?? '',
    String(version),
    built_in ? 'built in' : created_at.slice(0, 10),
    funnel ? shortened(funnel.stages.map(stageName).join(' → '), room) : dim('deleted'),
  ])
  return table([head, ...rows], 'lr')
}
