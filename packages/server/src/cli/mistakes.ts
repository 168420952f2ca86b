/** What a person got wrong in the command: exit code 2. */
export class UsageError extends Error {}
