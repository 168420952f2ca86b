/** What each number of the answer about carts means. */
export function cartDefinitions(idle: string, life: string): Record<string, string> {
  return {
    cart: `What one visitor put into one cart (told apart by cart_id; without one, a visitor has one). It ends when it is bought, or when ${life} pass without a change; what is put in afterwards begins another.`,
    range:
      'A cart is counted once, by its last change: an add_to_cart or remove_from_cart in the range.',
    contents: `add_to_cart puts in its quantity (1 where none is given). remove_from_cart takes out its quantity, or all of that product where none is given. In one moment what is put in goes first, then what is taken out, then what is bought. What was put in more than ${life} before the day of \`from\` (UTC) is not known.`,
    carts: 'Not empty after their last change: bought, abandoned and open ones.',
    bought: `A purchase of that cart within ${idle} after its last change. A purchase without a cart_id buys all carts of the visitor; a cart without one is bought by any of the visitor’s purchases.`,
    abandoned: `Not empty after its last change, and not bought within ${idle} after it. One per cart, however often it was changed.`,
    recovered: `Abandoned, and bought later: within ${life} after its last change, before another.`,
    may_recover: `Abandoned, not bought yet, and last changed less than ${life} ago.`,
    open: `Last changed less than ${idle} ago: it may still be bought in time, and is neither bought nor abandoned.`,
    emptied: 'Left with nothing in it: no cart to abandon, and not among `carts`.',
    value_left:
      'What the products left in abandoned carts were put in for, by currency: value, else price × quantity. What several items were put in for together is told apart as /v1/products does: by their prices where all of them state one, else shared out by quantity.',
    value_recovered: 'What of that lay in carts that were recovered.',
    rates:
      'abandoned: divided by those bought or abandoned, so not by open ones. recovered: divided by the abandoned.',
    breakdown: `The last value that the visitor had in the ${life} up to the last change of the cart. Each cart is in one row.`,
    interval: 'Wilson, 95 %. `too_few` says that the denominator is under 30.',
  }
}
