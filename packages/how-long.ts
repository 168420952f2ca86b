/** How many times longer than every day a run of the tests goes on where chance decides: `WEIR_LONG=10`. */
const TIMES = Number(process.env.WEIR_LONG) || 1

/** How many cases a random proof tries, or for how long it goes on: so much in an everyday run. */
export const howLong = (everyday: number): number => Math.ceil(everyday * TIMES)
