const plain = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** An amount in its currency: `€12,431.20`. Text that is no ISO 4217 code is written behind it. */
export function money(value: number, currency: string | null): string {
  if (currency === null) return `${plain.format(value)}, no currency given`
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).format(value)
  } catch {
    return `${plain.format(value)} ${currency}`
  }
}
