import Bowser from 'bowser'
import { isbot } from 'isbot'

export interface Agent {
  device?: string | undefined
  browser?: string | undefined
  os?: string | undefined
  bot?: true
}

const known = new Map<string, Agent>()
const MOST_KNOWN = 1_000
const MAX_LENGTH = 512

/** What a User-Agent says of itself. */
export function agentOf(header: string): Agent {
  const userAgent = header.slice(0, MAX_LENGTH)
  const cached = known.get(userAgent)
  if (cached) return cached
  if (known.size >= MOST_KNOWN) known.clear()
  const agent = read(userAgent)
  known.set(userAgent, agent)
  return agent
}

function read(userAgent: string): Agent {
  const { browser, os, platform } = Bowser.parse(userAgent)
  return {
    device: platform.type,
    browser: browser.name || undefined,
    os: os.name || undefined,
    ...(isbot(userAgent) ? { bot: true } : {}),
  }
}
