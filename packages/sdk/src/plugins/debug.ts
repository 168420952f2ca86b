/**
 * Shows over the page what Weir is told and what became of it, and which stages the site has never had;
 * a click takes it away. What is refused is said on the console too. Text only: nothing in it is markup,
 * so no policy minds.
 */
import { type Answers, linesOf, type Seen } from '../debug/linesOf.ts'
import type { Config } from '../types.ts'

const REFRESH_MS = 1_000

const answers: Answers = {}
let read = 0
let seen: Seen | undefined
let blocked = ''

const box = document.createElement('pre')

const ask = async ({ key, host }: Config): Promise<void> => {
  seen = {}
  const answer = await fetch(new URL(`v1/seen?key=${key}`, host))
  seen = await answer.json()
}

const show = (): void => {
  const { told = [], config } = window.weir || {}
  for (const [item, result] of told.slice(read)) {
    answers[item] = result
    if (result?.code) console.warn('Weir refused', item, result)
  }
  read = told.length
  if (!seen && config) ask(config()).catch(() => {})
  box.textContent = linesOf(answers, blocked, seen).join('\n')
}

// Over everything else, and no style that a policy could mind.
box.popover = 'manual'
box.style.marginBottom = '0'
box.onclick = () => box.remove()
document.documentElement.append(box)
box.showPopover()
addEventListener('securitypolicyviolation', ({ blockedURI }) => {
  blocked = `Policy blocks ${blockedURI}`
})
show()
setInterval(show, REFRESH_MS)
