import { count, percent } from '@weir/client/text'
import type { StageAnswer } from '@weir/contract'
import { fallPath } from '../../shape/fallPath.ts'
import type { Reach } from '../../shape/river.ts'
import { stageText } from '../../text/stageText.ts'

/** One stage of the river and the fall below it. The drawing repeats what the words say. */
export function RiverReach({ reach, next }: { reach: Reach; next: StageAnswer | null }) {
  const { stage, left, width, passing, fall } = reach
  const funnel = stage.rates.funnel
  return (
    <li class={stage.optional ? 'reach optional' : 'reach'}>
      <h3>
        {stageText(stage.name)}
        {stage.optional && <small>optional, a side branch</small>}
      </h3>
      <div class="stretch" aria-hidden="true">
        {passing !== null && <span class="passing" style={{ '--width': passing }} />}
        <span class="bar" style={{ '--left': left, '--width': width }} />
      </div>
      <p class="carried">
        <b>{count(stage.count)}</b>
        {funnel && <span>{percent(funnel.rate)} of entries</span>}
      </p>
      {fall && (
        <svg class="fall" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <path
            class="water"
            d={fallPath({ left: 0, right: fall.from }, { left: 0, right: fall.to })}
          />
          {fall.branch && (
            <path
              class="branch"
              d={fallPath(
                { left: fall.branch.top, right: fall.branch.top + fall.branch.width },
                { left: fall.branch.bottom, right: fall.branch.bottom + fall.branch.width },
              )}
            />
          )}
        </svg>
      )}
      {stage.count > 0 && stage.drop_off && next && (
        <p class="drop-off">
          <b>−{count(stage.drop_off.count)}</b>
          <span>
            {percent(stage.drop_off.rate)} dropped off before {stageText(next.name).toLowerCase()}
          </span>
        </p>
      )}
    </li>
  )
}
