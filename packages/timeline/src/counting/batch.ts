/** How many units are listed, then matched: what is known of them stays in the nearest cache. */
export const BATCH = 512
