import { fileURLToPath } from 'node:url'

/** The root of the project, where everything that is installed or loaded lies in `.weir/bench`. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
export const HOME = fileURLToPath(new URL('../../../.weir/bench/', import.meta.url))
export const RESULTS = new URL('../results/', import.meta.url)
