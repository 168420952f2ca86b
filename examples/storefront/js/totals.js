export const SHIPPING_CENTS = 490
export const FREE_SHIPPING_FROM_CENTS = 9000
export const VAT_PERCENT = 23

/** What lines of `{ product, quantity }` cost, in cents. Prices are without VAT; it is added here. */
export function totalsOf(lines) {
  const subtotal = lines.reduce((sum, { product, quantity }) => sum + product.cents * quantity, 0)
  const shipping = subtotal === 0 || subtotal >= FREE_SHIPPING_FROM_CENTS ? 0 : SHIPPING_CENTS
  const tax = Math.round(((subtotal + shipping) * VAT_PERCENT) / 100)
  return { subtotal, shipping, tax, total: subtotal + shipping + tax }
}
