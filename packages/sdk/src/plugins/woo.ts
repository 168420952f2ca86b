import { adoptWoo } from '../adopt/adoptWoo.ts'
import { attempt } from '../lib/attempt.ts'

attempt(adoptWoo)
