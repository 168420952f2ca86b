import { adoptSegment } from '../adopt/adoptSegment.ts'
import { attempt } from '../lib/attempt.ts'

attempt(adoptSegment)
