import { createContext } from 'preact'

/** What to do when the server no longer knows who asks. */
export const SessionEnded = createContext(() => {})
