import { ratesAddress } from '../../question/apiAddress.ts'
import type { PageQuestion } from '../../question/pageQuestion.ts'
import { Elsewhere } from './Elsewhere.tsx'

/** The question of this page for a spreadsheet and for a shell. */
export function SameQuestion({ question }: { question: PageQuestion }) {
  return (
    <section class="same-question" aria-labelledby="same-question">
      <h2 id="same-question">The same question elsewhere</h2>
      <Elsewhere question={question} address={ratesAddress} file="storefront.csv" />
    </section>
  )
}
