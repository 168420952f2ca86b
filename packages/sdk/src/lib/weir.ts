import type { Weir } from '../types.ts'

/** Calls the tag: for plugins, which stand apart from it. */
export const weir: Weir = (...call: unknown[]) => {
  if (window.weir) Reflect.apply(window.weir, undefined, call)
}
