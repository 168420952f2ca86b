import { adoptDescribed } from '../adopt/adoptDescribed.ts'

adoptDescribed()
