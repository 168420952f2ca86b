import { count } from '@weir/client/text'
import type { StageAnswer } from '@weir/contract'
import { river } from '../../shape/river.ts'
import { RiverReach } from './RiverReach.tsx'

/** The stages as a stepped river: what each one carries, and what is lost over each step. */
export function River(props: { stages: StageAnswer[]; siteVisitors: number }) {
  const reaches = river(props.stages, props.siteVisitors)
  return (
    <section class="river" aria-labelledby="stages">
      <h2 id="stages">Stages</h2>
      <p class="source">
        <span class="source-name">All traffic</span>
        <span class="source-line" aria-hidden="true" />
        <span class="source-count">{count(props.siteVisitors)}</span>
      </p>
      <ol>
        {reaches.map((reach, index) => (
          <RiverReach
            key={reach.stage.stage}
            reach={reach}
            next={props.stages.slice(index + 1).find((stage) => !stage.optional) ?? null}
          />
        ))}
      </ol>
    </section>
  )
}
