import { adoptWoo } from '../adopt/adoptWoo.ts'

adoptWoo()
