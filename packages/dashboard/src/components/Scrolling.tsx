import type { ComponentChildren } from 'preact'

/** Scrolls sideways what is wider than the page, also by keyboard. */
export const Scrolling = ({ name, children }: { name: string; children: ComponentChildren }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
  <section class="scroll" aria-label={name} tabIndex={0}>
    {children}
  </section>
)
