/** How often to look: tag managers load, and frameworks render, at any time. */
const LOOK_MS = 1_000

/** By the plugin that adopts it, whether the page has it. */
const SIGNS: [plugin: string, isThere: () => unknown][] = [
  ['dataLayer', () => window.dataLayer],
  ['segment', () => window.analytics],
  ['shopify', () => 'Shopify' in window],
  // Optimisers defer jQuery, and leave the parameters in the page.
  ['woo', () => 'wc_add_to_cart_params' in window && window.jQuery],
  ['elements', () => document.querySelector('[data-weir]')],
  ['described', () => document.querySelector('[type="application/ld+json"]')],
]

/** Calls back for everything that there is to adopt, once each, as soon as it is there. */
export const watchSigns = (adopt: (plugin: string) => unknown): void => {
  let missing = SIGNS
  const look = () => {
    const found = missing.filter(([, isThere]) => isThere())
    missing = missing.filter((sign) => !found.includes(sign))
    for (const [plugin] of found) adopt(plugin)
  }
  look()
  setInterval(look, LOOK_MS)
}
