import { ProblemError } from '../problems.ts'

/** What is said of a site that is not there. */
export const unknownSite = (id: number): ProblemError =>
  new ProblemError('unknown_site', `There is no site ${id}; GET /v1/sites lists them.`)
