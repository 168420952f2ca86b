import { adoptSegment } from '../adopt/adoptSegment.ts'

adoptSegment()
