import { attempt } from './attempt.ts'

/** Listens at the window while capturing, so that a page that stops propagation does not stop us; never throws. */
export const listen = <Type extends keyof WindowEventMap>(
  type: Type,
  callback: (event: WindowEventMap[Type]) => unknown,
): void => addEventListener(type, (event) => attempt(() => callback(event)), true)
