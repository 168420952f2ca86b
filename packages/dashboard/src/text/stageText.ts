/** A stage's name for reading: `product_view` is `Product view`; names that people wrote stay as written. */
export function stageText(name: string): string {
  if (!/^[a-z0-9_]+$/.test(name)) return name
  const words = name.replaceAll('_', ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
