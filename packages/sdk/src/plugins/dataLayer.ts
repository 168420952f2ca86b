import { adoptDataLayer } from '../adopt/adoptDataLayer.ts'
import { attempt } from '../lib/attempt.ts'

attempt(adoptDataLayer)
