import type { Command } from './command.ts'

/** Each is read when it is asked for: only those that start a server need one in memory. */
export const COMMANDS: Record<string, () => Promise<Command>> = {
  start: async () => (await import('./start.ts')).start,
  rates: async () => (await import('./rates.ts')).rates,
  funnels: async () => (await import('./funnels.ts')).funnels,
  sites: async () => (await import('./sites.ts')).sites,
  keys: async () => (await import('./keys.ts')).keys,
  import: async () => (await import('./import.ts')).importCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  weave: async () => (await import('./weave.ts')).weaveCommand,
  doctor: async () => (await import('./doctor.ts')).doctor,
}
