import secureJson from 'secure-json-parse'

/** Throws for what is no JSON, or names a prototype. */
export const parseLine = (line: string): unknown =>
  secureJson.parse(line, undefined, { protoAction: 'error', constructorAction: 'error' })
