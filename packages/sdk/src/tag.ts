/** The script face: `<script async src="https://…/weir.js?key=wk_…"></script>`. */
import { install } from './install.ts'
import type { Config } from './types.ts'

let adopting: unknown

// Optimisers null document.currentScript, rename the file, strip data-attributes (rybbit #1156):
// so the element is looked for by whatever is left.
const readConfig = (): Config => {
  const { src = '', dataset }: Partial<HTMLScriptElement> =
    document.querySelector<HTMLScriptElement>("[src*='key=wk_'],[data-key^=wk_]") || {}
  return { host: src, key: /wk_[\w-]+/.exec(src)?.[0], ...dataset, ...window.weirConfig }
}

install(readConfig, ({ adopt, host }) => {
  if (
    !adopting &&
    adopt !== 'off' &&
    (/dataLayer|analytics|Shopify|wc_/.test(`${Object.keys(window)}`) ||
      document.querySelector('[type*=ld],[data-weir]'))
  ) {
    adopting = import(`${new URL('weir-adopt.js', host)}`).catch(() => {})
  }
})
