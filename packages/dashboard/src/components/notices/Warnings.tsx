/** Names in the question that no event has ever had: their numbers are 0 for that reason. */
export function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null
  return (
    <ul class="warnings">
      {warnings.map((warning) => (
        <li key={warning}>{warning.replaceAll('`', '')}</li>
      ))}
    </ul>
  )
}
