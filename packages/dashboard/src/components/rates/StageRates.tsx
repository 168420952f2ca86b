import type { FunnelAnswer, RatesAnswer } from '@weir/contract'
import { Link } from '../../address/Link.tsx'
import { type PageQuestion, pageAddress } from '../../question/pageQuestion.ts'
import { scaleEnd } from '../../shape/scaleEnd.ts'
import { DEFINITION_TEXT } from '../../text/definitionText.ts'
import { stageText } from '../../text/stageText.ts'
import { RateRow } from './RateRow.tsx'

/** The definitions of one stage's rate, side by side on one scale, with what was divided by what. */
export function StageRates(props: { answer: FunnelAnswer; question: PageQuestion }) {
  const { answer, question } = props
  const { stages, mature, compare } = answer
  const last = stages.at(-1)
  const stage = stages.find(({ name }) => name === question.stage) ?? last
  if (!stage) return null

  const closed = mature?.stages.find((candidate) => candidate.stage === stage.stage)?.rates ?? null
  const differences = compare?.differences[stage.stage - 1]
  const closedDifferences = compare?.mature?.differences[stage.stage - 1]
  const target = answer.question.target?.events.map(stageText).join(' or ') ?? null
  const definitions = [
    ['funnel', DEFINITION_TEXT.funnel, 'This stage has none.'],
    ['previous_stage', DEFINITION_TEXT.previous_stage, 'The first stage has none before it.'],
    [
      'target_action',
      `${DEFINITION_TEXT.target_action}${target ? `, ${target.toLowerCase()}` : ''}`,
      target ? 'This stage is the target action itself.' : 'No target action was chosen.',
    ],
    ['of_site', DEFINITION_TEXT.of_site, 'This stage has none.'],
  ] as const
  const end = scaleEnd(
    definitions.flatMap(([name]) => [
      stage.rates[name]?.high ?? null,
      closed?.[name]?.high ?? null,
    ]),
  )

  return (
    <section class="stage-rates" aria-labelledby="rates">
      <h2 id="rates">Rates of {stageText(stage.name).toLowerCase()}</h2>
      <nav class="tabs" aria-label="Stage whose rates are shown">
        {stages.map(({ stage: k, name }) => (
          <Link
            key={k}
            href={pageAddress({ ...question, stage: k === last?.stage ? null : name })}
            current={k === stage.stage}
          >
            {stageText(name)}
          </Link>
        ))}
      </nav>
      <ul>
        {definitions.map(([name, title, without]) => (
          <RateRow
            key={name}
            code={name}
            title={title}
            rate={stage.rates[name]}
            closed={closed?.[name] ?? null}
            difference={differences?.[name]}
            closedDifference={closedDifferences?.[name]}
            end={end}
            without={without}
            definition={definitionOf(answer, name)}
          />
        ))}
      </ul>
    </section>
  )
}

const definitionOf = (answer: FunnelAnswer, name: keyof RatesAnswer) =>
  answer.question.definitions[name] ?? null
