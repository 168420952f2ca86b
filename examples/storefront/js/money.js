/** Money is whole cents everywhere in this shop; only what leaves for Weir is in euros. */
export const CURRENCY = 'EUR'

const format = new Intl.NumberFormat('en-IE', { style: 'currency', currency: CURRENCY })

export const toEuros = (cents) => cents / 100

export const formatCents = (cents) => format.format(toEuros(cents))
