export * from './count.ts'
export * from './duration.ts'
export * from './money.ts'
export * from './percent.ts'
