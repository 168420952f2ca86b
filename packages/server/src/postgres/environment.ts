/**
 * All that Postgres sees of the environment. Without LC_ALL a Mac server dies with "postmaster
 * became multithreaded during startup"; with TZ initdb need not guess the zone.
 */
export const ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC' } as const
