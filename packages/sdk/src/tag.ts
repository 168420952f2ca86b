/** The script face: `<script async src="https://…/weir.js?key=wk_…"></script>`. */
import { install } from './install.ts'

// Optimisers null document.currentScript, rename the file, strip data-attributes (rybbit #1156):
// so the element is looked for by whatever is left.
const script = document.querySelector<HTMLScriptElement>('[src*="key=wk_"],[data-key^=wk_]')

install({
  host: script?.src,
  key: /key=(wk_[\w-]+)/.exec(`${script?.src}`)?.[1],
  ...script?.dataset,
  ...window.weirConfig,
})
