/** Loaded by the tag where there is something to adopt; loads what adopts it from where it came itself. */
import { watchSigns } from '../adopt/watchSigns.ts'

watchSigns((plugin) => import(`${new URL(`weir-${plugin}.js`, import.meta.url)}`).catch(() => {}))
