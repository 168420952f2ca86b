import { adoptDataLayer } from '../adopt/adoptDataLayer.ts'

adoptDataLayer()
