import type { ApiAddress } from '../../question/apiAddress.ts'
import { curlCommand } from '../../question/curlCommand.ts'
import type { PageQuestion } from '../../question/pageQuestion.ts'
import { CopyableCode } from './CopyableCode.tsx'

/** One question for a spreadsheet and for a shell. */
export function Elsewhere(props: { question: PageQuestion; address: ApiAddress; file: string }) {
  const { question, address, file } = props
  return (
    <div class="elsewhere">
      <p>
        <a href={address(question, 'csv')} download={file}>
          Download as CSV
        </a>
        , or ask from a shell with your read key in <code>WEIR_KEY</code>:
      </p>
      <CopyableCode name="command" code={curlCommand(location.origin, address(question))} />
    </div>
  )
}
