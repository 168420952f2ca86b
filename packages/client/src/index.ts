export { addressOf } from './address.ts'
export type * from './questions.ts'
export { type Asking, type ClientOptions, type WeirClient, weirClient } from './weir-client.ts'
export { WeirError } from './weir-error.ts'
