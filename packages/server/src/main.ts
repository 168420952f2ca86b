/** The process, built beforehand; `weir start` builds too. */
import { serve } from './serve.ts'

await serve()
