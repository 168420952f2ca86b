import * as catalogue from './catalogue.ts'
import { Chance } from './chance.ts'
import { uuidOf } from './uuid.ts'

/** Somebody who comes to the shop, and what stays the same from visit to visit. */
export interface Visitor {
  number: number
  id: string
  keenness: number
  events: number
  cart: string[]
  readonly chance: Chance
  readonly facts: Record<string, string>
}

export function newVisitor(seed: number, number: number, born: number): Visitor {
  const chance = new Chance(seed, number)
  return {
    number,
    id: uuidOf(born, seed, number),
    chance,
    keenness: 0.4 + 1.2 * chance.next(),
    events: 0,
    cart: [],
    facts: {
      country: catalogue.countries(chance),
      device: catalogue.devices(chance),
      browser: catalogue.browsers(chance),
      os: catalogue.systems(chance),
    },
  }
}
