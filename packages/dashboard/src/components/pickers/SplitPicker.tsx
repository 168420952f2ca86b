import { goTo } from '../../address/goTo.ts'
import { type PageQuestion, pageAddress } from '../../question/pageQuestion.ts'
import { stageText } from '../../text/stageText.ts'

/** What every site has, and most people ask for; an address may name any other property. */
const USUAL = ['channel', 'utm_source', 'utm_campaign', 'device', 'browser', 'country']

/** Chooses the property by whose values the answer is split. */
export function SplitPicker({ question }: { question: PageQuestion }) {
  const { breakdown } = question
  const properties = [...new Set([...USUAL, ...(breakdown === null ? [] : [breakdown])])]
  return (
    <label class="pick">
      Split by{' '}
      <select
        value={breakdown ?? ''}
        onChange={({ currentTarget: { value } }) =>
          goTo(pageAddress({ ...question, breakdown: value || null }))
        }
      >
        <option value="">Nothing</option>
        {properties.map((property) => (
          <option key={property} value={property}>
            {stageText(property)}
          </option>
        ))}
      </select>
    </label>
  )
}
