import { z } from 'zod'

const FILE = new URL('../../../../examples/storefront/js/products.js', import.meta.url)

const product = z.object({ id: z.string(), name: z.string(), category: z.string(), cents: z.int() })

export type Product = z.output<typeof product>

/** What the sample shop sells. */
export async function readProducts(): Promise<Product[]> {
  const shop: unknown = await import(FILE.href)
  return z.object({ PRODUCTS: z.array(product).min(1) }).parse(shop).PRODUCTS
}
