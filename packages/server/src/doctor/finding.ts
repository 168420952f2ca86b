/** What one look at this machine's Weir has shown. */
export interface Finding {
  /** What was looked at. */
  about: string
  /** `look`: it works, and somebody should know. `bad`: it does not work, or soon will not. */
  state: 'good' | 'look' | 'bad'
  found: string
  /** Null where nothing is to be done. */
  advice: string | null
}

export const good = (about: string, found: string): Finding => ({
  about,
  state: 'good',
  found,
  advice: null,
})

export const look = (about: string, found: string, advice: string): Finding => ({
  about,
  state: 'look',
  found,
  advice,
})

export const bad = (about: string, found: string, advice: string): Finding => ({
  about,
  state: 'bad',
  found,
  advice,
})
