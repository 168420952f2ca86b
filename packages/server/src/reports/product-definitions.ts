/** What each number of the answer about products means. */
export function productDefinitions(by: string, window: string): Record<string, string> {
  const same = `with the same ${by} (its own, or one of its items’)`
  const pair = (first: string, second: string) =>
    `Visitors who did ${second} ${same} within ${window} after ${first} in the range, divided by visitors who did ${first}: the funnel ${first} → ${second}, held by ${by}.`
  return {
    viewers: `Visitors with a product_view of it in the range.`,
    adders: `Visitors with an add_to_cart of it in the range, whether or not they had seen it.`,
    buyers: `Visitors with a purchase of it in the range, whatever came before.`,
    view_to_cart: pair('product_view', 'add_to_cart'),
    cart_to_purchase: pair('add_to_cart', 'purchase'),
    view_to_purchase: pair('product_view', 'purchase'),
    units:
      'Quantities of purchases in the range; 1 where none is given. Of an event with several items 1 each, unless all of them state one.',
    revenue:
      'Of purchases in the range, by currency: an event’s value (else price × quantity) where it names one product. Of several items each one’s price × quantity where all of them state a price; where only some do, or none, what the event is worth (its value, else the sum of what is stated) is shared out among all of them by quantity.',
    mature_until: `Who saw or added something before it has had the whole ${window}; null where everybody has, or nobody.`,
    other:
      'The products beyond the limit, summed. A visitor counts once for each product, so sums count some more than once.',
    interval: 'Wilson, 95 %. `too_few` says that the denominator is under 30.',
  }
}
