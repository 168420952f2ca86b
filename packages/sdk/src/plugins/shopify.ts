import { adoptShopify } from '../adopt/adoptShopify.ts'

adoptShopify()
