import { attempt } from './attempt.ts'

/** Any event, or a PageTransitionEvent. */
type PageEvent = Event & { persisted?: boolean }

/** Listens while capturing, so that a page that stops propagation does not stop us; never throws. */
export const listen = (
  target: EventTarget,
  type: string,
  callback: (event: PageEvent) => unknown,
): void => target.addEventListener(type, (event: PageEvent) => attempt(() => callback(event)), true)
