import type { StageAnswer } from '@weir/contract'

/**
 * The funnel as a stepped river, in shares of its full width (all traffic of the site):
 *
 * 1. A required stage is a bar from the left bank, as wide as its count.
 * 2. Below it the water falls to the width of the next required stage; what it loses is the drop-off.
 * 3. An optional stage lies beside the stream: a side branch as wide as its count leaves the outer
 *    bank of the stage above and ends in its bar, while the stream passes at the width of what goes on.
 */
export interface Reach {
  stage: StageAnswer
  left: number
  width: number
  /** Width of the stream passing beside an optional stage; null for required ones. */
  passing: number | null
  /** The fall below; null for the last stage. */
  fall: Fall | null
}

export interface Fall {
  from: number
  to: number
  branch: { top: number; bottom: number; width: number } | null
}

const GAP = 0.03

export function river(stages: StageAnswer[], siteVisitors: number): Reach[] {
  const full = Math.max(siteVisitors, 1, ...stages.map((stage) => stage.count))
  const share = (stage: StageAnswer | undefined) => (stage ? stage.count / full : 0)

  return stages.map((stage, index) => {
    const width = share(stage)
    const onward = share(stages.slice(index + 1).find((later) => !later.optional))
    if (stage.optional) {
      const above = share(stages.slice(0, index).findLast((earlier) => !earlier.optional))
      const { bottom } = sideBranch(above, onward, width)
      const fall = { from: onward, to: onward, branch: null }
      return { stage, left: bottom, width, passing: onward, fall }
    }
    const next = stages[index + 1]
    if (!next) return { stage, left: 0, width, passing: null, fall: null }
    const branch = next.optional ? sideBranch(width, onward, share(next)) : null
    return { stage, left: 0, width, passing: null, fall: { from: width, to: onward, branch } }
  })
}

/** From the outer bank above, outwards; clear of the stream below; never beyond the page. */
function sideBranch(above: number, below: number, width: number) {
  const top = Math.max(0, above - width)
  return { top, bottom: Math.max(0, Math.min(Math.max(top, below) + GAP, 1 - width)), width }
}
