import { curlCommand } from '../question/curlCommand.ts'
import { type PageQuestion, ratesAddress } from '../question/pageQuestion.ts'
import { CopyableCode } from './CopyableCode.tsx'

/** The question of this page for a spreadsheet and for a shell. */
export function SameQuestion({ question }: { question: PageQuestion }) {
  return (
    <section class="same-question" aria-labelledby="same-question">
      <h2 id="same-question">The same question elsewhere</h2>
      <p>
        <a href={ratesAddress(question, 'csv')} download="storefront.csv">
          Download as CSV
        </a>
        , or ask from a shell with your read key in <code>WEIR_KEY</code>:
      </p>
      <CopyableCode name="command" code={curlCommand(location.origin, ratesAddress(question))} />
    </section>
  )
}
