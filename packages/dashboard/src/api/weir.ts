import { WeirError, weirClient } from '@weir/client'
import type { Site } from '@weir/contract'

/** What a page may know of its site. */
export type SessionSite = Pick<Site, 'id' | 'name' | 'time_zone'>

/** The server that this page came from, asked with the session's cookie. */
export const weir = weirClient()

/** Why there is no answer. Anything else that was thrown is a mistake of ours, and is thrown on. */
export function failureOf(error: unknown): WeirError {
  if (error instanceof WeirError) return error
  throw error
}

/** True when the server no longer knows who asks. */
export const isSignedOut = ({ problem }: WeirError) => problem?.status === 401
