/** What a person got wrong in the command: exit code 2. */
export class UsageError extends Error {}

/** All was done, but not all could be taken: exit code 3. */
export class RefusedInPart extends Error {}
