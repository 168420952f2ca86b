import { goTo } from '../../address/goTo.ts'
import { type PageQuestion, pageAddress } from '../../question/pageQuestion.ts'

/** Chooses whether the rates are compared; an address may name any other range. */
export function ComparePicker({ question }: { question: PageQuestion }) {
  const { compare } = question
  return (
    <label class="pick">
      Compare with{' '}
      <select
        value={compare ?? ''}
        onChange={({ currentTarget: { value } }) =>
          goTo(pageAddress({ ...question, compare: value || null }))
        }
      >
        <option value="">Nothing</option>
        <option value="previous">The period before</option>
        {compare !== null && compare !== 'previous' && <option value={compare}>{compare}</option>}
      </select>
    </label>
  )
}
