import { STANDARD_STAGES } from './stages.ts'

/** Event names that every site has room for: the five stages, and what shops usually tell beside them. */
export const STANDARD_NAMES = [
  ...STANDARD_STAGES,
  'view_item_list',
  'select_item',
  'view_cart',
  'remove_from_cart',
  'begin_checkout',
  'add_shipping_info',
  'add_payment_info',
  'refund',
  'sign_up',
  'login',
  'search',
  'generate_lead',
  'identify',
] as const

/** Properties that are derived at ingest. */
export const DERIVED_PROPERTIES = [
  'host',
  'path',
  'title',
  'screen',
  'device',
  'browser',
  'os',
  'country',
  'language',
  'channel',
  'referrer_host',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_term',
  'utm_content',
  'click_id',
] as const

/** Properties that every site has room for: what an event may say, and what is derived. */
export const STANDARD_PROPERTIES = [
  'product_id',
  'product_name',
  'category',
  'brand',
  'variant',
  'price',
  'quantity',
  'currency',
  'value',
  'order_id',
  'cart_id',
  'tax',
  'shipping',
  'coupon',
  'chat_provider',
  'plan',
  'member_id',
  ...DERIVED_PROPERTIES,
] as const

/** How many event names and properties a site may have. */
export const MAX_NAMES = 1_000
export const MAX_PROPERTY_NAMES = 2_000

/** How many versions of funnels a site may have, all funnels together. */
export const MAX_FUNNEL_VERSIONS = 10_000
