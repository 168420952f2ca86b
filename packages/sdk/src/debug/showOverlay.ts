import { linesOf } from './linesOf.ts'

const REFRESH_MS = 500

const STYLE =
  'position:fixed;z-index:2147483647;left:9px;bottom:9px;padding:9px;background:#123;color:#def;font:12px monospace'

/**
 * Shows over the page what Weir is told and what became of it; a click takes it away. What is refused
 * is said on the console too. Text only: nothing in it is markup, so no policy minds.
 */
export const showOverlay = (): void => {
  const box = document.createElement('pre')
  let blocked = ''
  let warned = 0
  const show = () => {
    const told = window.weir?.told || []
    for (const [item, result] of told.slice(warned)) {
      if (result?.code) console.warn('Weir refused', item, result)
    }
    warned = told.length
    box.textContent = linesOf(told, blocked).join('\n')
  }

  box.style.cssText = STYLE
  box.onclick = () => box.remove()
  document.body.append(box)
  document.addEventListener('securitypolicyviolation', ({ blockedURI }) => {
    blocked = `Policy blocks ${blockedURI}`
  })
  show()
  setInterval(show, REFRESH_MS)
}
