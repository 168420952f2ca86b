/** The process, built beforehand; `weir start` builds too. */
import { serve } from './start/serve.ts'

await serve()
