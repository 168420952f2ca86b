import { adoptElements } from '../adopt/adoptElements.ts'

adoptElements()
