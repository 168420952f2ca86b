import type { FunnelAnswer, FunnelQuestion } from '@weir/contract'

/** Asks the Weir at an address; throws where it does not answer. */
export async function askWeir(
  url: string,
  key: string,
  question: FunnelQuestion,
): Promise<FunnelAnswer> {
  const response = await fetch(`${url}/v1/query/funnel`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify(question),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`Weir answered ${response.status}: ${text}`)
  const answer: FunnelAnswer = JSON.parse(text)
  return answer
}
