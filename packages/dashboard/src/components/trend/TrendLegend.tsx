import type { Interval } from '@weir/contract'

/** What the marks of the drawing mean. */
export function TrendLegend(props: { unfinished: boolean; interval: Interval }) {
  return (
    <ul class="legend">
      <li>
        <svg aria-hidden="true">
          <line class="finished" x1="0" x2="100%" y1="50%" y2="50%" />
          <circle class="dot" cx="50%" cy="50%" r="3.5" />
        </svg>
        the rate of those who entered in the {props.interval}
      </li>
      <li>
        <svg aria-hidden="true">
          <rect class="band" width="100%" height="100%" />
        </svg>
        its 95 % interval
      </li>
      {props.unfinished && (
        <li>
          <svg aria-hidden="true">
            <line class="unfinished" x1="0" x2="100%" y1="50%" y2="50%" />
            <circle class="dot open" cx="50%" cy="50%" r="3.5" />
          </svg>
          unfinished: some who entered then still have time to convert, and the rate may rise
        </li>
      )}
    </ul>
  )
}
