/**
 * The npm face.
 *
 * @example
 * import { start, weir } from '@weir/sdk'
 * start({ key: 'wk_…', host: 'https://weir.shop.example' })
 * weir('add_to_cart', { product_id: 'sku-1', price: 19.9, currency: 'EUR' })
 */
import { startAdoption } from './adopt/startAdoption.ts'
import { install } from './install.ts'
import type { AnyCall, Config, Installed, Weir } from './types.ts'

export { STUB } from './stub.ts'
export type { Config, Done, Result, Weir } from './types.ts'

const queue: Installed = (...call: AnyCall) => {
  queue.q ??= []
  queue.q.push([Date.now(), call])
}

/** Reports what happened. Calls before `start`, or before the script tag has loaded, wait for it. */
export const weir: Weir = (...call: AnyCall) => {
  // Rendering on a server: there is no visitor.
  if (typeof window === 'undefined') return
  window.weir ??= queue
  Reflect.apply(window.weir, undefined, call)
}

/** Starts measuring, once a page; not needed beside the script tag. */
export const start = (config: Config): void => {
  if (typeof window === 'undefined') return
  let isAdopting = config.adopt === 'off'
  install(
    () => config,
    () => {
      if (!isAdopting) startAdoption()
      isAdopting = true
    },
  )
}
