import { adoptShopify } from '../adopt/adoptShopify.ts'
import { attempt } from '../lib/attempt.ts'

attempt(adoptShopify)
