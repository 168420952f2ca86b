/** Every number of the tag, in one file without imports: only so does esbuild write them inline. */

/** What is kept for a server that does not answer, some 120 events; then the oldest that is no purchase goes. */
export const MOST_CHARACTERS = 60_000
/** Almost 7 days. The server clamps `at` to those: older events would be told with a wrong time. */
export const LONGEST_KEPT_MS = 6e8
/** A younger item in storage is left to the page that wrote it. */
export const LEFTOVER_MS = 5_000

/** Events wait for company. */
export const GATHER_MS = 400
/** An unanswered request holds the others back so long. */
export const HANG_MS = 10_000
/** After a beacon, a page that lives on asks for an answer. */
export const CONFIRM_MS = 5_000
/** For a backoff and a Retry-After alike, before jitter: a visit is over after it anyway. */
export const LONGEST_WAIT_SECONDS = 600
/** All keepalive bodies and beacons of a page share 64 KiB in flight: a character is 3 bytes at most. */
export const KEEPALIVE_CHARACTERS = 20_000

/** After a navigation: redirects end, and frameworks set the title later than the address. */
export const NAVIGATED_MS = 100
/** Where a browser does not tell of navigations. */
export const POLL_MS = 1_000

/** Frameworks render, and tag managers load, at any time: how often to look for something to adopt. */
export const ADOPT_MS = 1_000

/** What the one timer of the delivery stands for. */
export const IDLE = 0
export const GATHERING = 1
/** A request is unanswered, or the server asked for patience: nothing is sent but beacons. */
export const HELD = 2
