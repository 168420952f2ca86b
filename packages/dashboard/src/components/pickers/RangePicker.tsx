import { useEffect, useRef, useState } from 'preact/hooks'
import { goTo } from '../../address/goTo.ts'
import { Link } from '../../address/Link.tsx'
import { addDays, isDay } from '../../days/day.ts'
import { lastDays, type PageQuestion, pageAddress } from '../../question/pageQuestion.ts'
import { withRange } from '../../question/withRange.ts'

const PRESETS = [7, 30, 90] as const

/** Chooses the days whose entries count. People see the last day included; the address has the day after. */
export function RangePicker({ question, today }: { question: PageQuestion; today: string }) {
  const first = useRef<HTMLInputElement>(null)
  const last = useRef<HTMLInputElement>(null)
  const [error, setError] = useState<string | null>(null)

  // The fields are the reader's until the address changes.
  useEffect(() => {
    setError(null)
    if (first.current) first.current.value = isDay(question.from) ? question.from : ''
    if (last.current) last.current.value = isDay(question.to) ? addDays(question.to, -1) : ''
  }, [question.from, question.to])

  const show = (event: SubmitEvent) => {
    event.preventDefault()
    const from = first.current?.value ?? ''
    const until = last.current?.value ?? ''
    if (!isDay(from) || !isDay(until)) return setError('Both days are needed.')
    if (from > until) return setError('The first day is after the last.')
    setError(null)
    goTo(pageAddress(withRange(question, from, addDays(until, 1))))
  }

  return (
    <form class="range" onSubmit={show} noValidate>
      <nav class="presets tabs" aria-label="Range">
        {PRESETS.map((days) => {
          const range = lastDays(days, today)
          return (
            <Link
              key={days}
              href={pageAddress(withRange(question, range.from, range.to))}
              current={range.from === question.from && range.to === question.to}
            >
              Last {days} days
            </Link>
          )
        })}
      </nav>
      <div class="dates">
        <label>
          From <input ref={first} type="date" aria-describedby="range-error" />
        </label>
        <label>
          to <input ref={last} type="date" aria-describedby="range-error" />
        </label>
        <button type="submit">Show</button>
      </div>
      <p class="field-error" id="range-error" role="alert">
        {error}
      </p>
    </form>
  )
}
