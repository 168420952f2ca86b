import type { ComponentChildren } from 'preact'
import { goTo } from './goTo.ts'

/** A link inside the page: a plain click stays, every other click (new tab, copy) is the browser's. */
export function Link(props: {
  href: string
  class?: string
  current?: boolean
  children: ComponentChildren
}) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return
    event.preventDefault()
    goTo(props.href)
  }
  return (
    <a
      href={props.href}
      class={props.class}
      aria-current={props.current ? 'true' : undefined}
      onClick={follow}
    >
      {props.children}
    </a>
  )
}
