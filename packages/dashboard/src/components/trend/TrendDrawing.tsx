import type { TrendLine } from '../../shape/trendLine.ts'

/** More dots than this touch each other. */
const MOST_DOTS = 60

/** The line, its band, and a mark at the bucket that is read out. The words beside it say the same. */
export function TrendDrawing(props: { line: TrendLine; matures: boolean[]; place: number }) {
  const { line, matures, place } = props
  const dense = line.dots.length > MOST_DOTS
  const mark = `${((place + 0.5) / line.dots.length) * 100}%`
  return (
    <svg class="trend-drawing" aria-hidden="true">
      {['0', '50%', '100%'].map((y) => (
        <line key={y} class={y === '100%' ? 'ground' : 'grid'} x1="0" x2="100%" y1={y} y2={y} />
      ))}
      <line class="mark" x1={mark} x2={mark} y1="0" y2="100%" />
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        <path class="band" d={line.band} />
        <path class="finished" d={line.finished} />
        <path class="unfinished" d={line.unfinished} />
      </svg>
      {line.dots.map(
        (dot, index) =>
          dot &&
          (!dense || index === place) && (
            <circle
              key={dot.x}
              class={matures[index] ? 'dot' : 'dot open'}
              cx={`${dot.x}%`}
              cy={`${dot.y}%`}
              r={index === place ? 5.5 : 3.5}
            />
          ),
      )}
    </svg>
  )
}
