import type { FirstStart } from './first-start.ts'

/** What a person reads in the terminal. */
export const BANNER = {
  running: (url: string) => `
  Weir runs.   Dashboard   ${url}/
               Stop        Ctrl-C`,

  firstStart: (url: string, { keys, admin_key }: FirstStart) => `
  This is the first start: a site was made for you. Keep these keys, they are shown once.

  Paste this into every page of your shop, before </head>:

    <script async src="${url}/weir.js?key=${keys.write}"></script>

  Read key     ${keys.read}    signs in to the dashboard, asks for rates
  Secret key   ${keys.secret}    for your shop's server: orders, imports
${admin_key ? `  Admin key    ${admin_key}    makes sites and keys\n` : ''}
  Ask:

    curl "${url}/v1/rates?funnel=storefront&from=${day(-30)}&to=${day(1)}" \\
      -H "Authorization: Bearer ${keys.read}"
`,
}

const day = (ahead: number): string =>
  new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)
