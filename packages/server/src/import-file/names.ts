/** What others call the events of a shop. Any other name is kept. */
const NAMES: Record<string, string> = {
  // GA4
  page_view: 'view',
  view_item: 'product_view',
  // Segment, "V2 Ecommerce Events"
  'product viewed': 'product_view',
  'product clicked': 'select_item',
  'product list viewed': 'view_item_list',
  'product added': 'add_to_cart',
  'product removed': 'remove_from_cart',
  'cart viewed': 'view_cart',
  'checkout started': 'begin_checkout',
  'payment info entered': 'add_payment_info',
  'order completed': 'purchase',
  'order refunded': 'refund',
  'signed up': 'sign_up',
  'signed in': 'login',
  'products searched': 'search',
}

export const nameFor = (name: string): string => NAMES[name.toLowerCase()] ?? name
