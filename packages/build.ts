/** Builds what the server serves: the tag and the dashboard. Under a second. `--print` says what came out. */
import { buildDashboard } from './dashboard/build.ts'
import { buildSdk } from './sdk/build.ts'

const [files] = await Promise.all([buildSdk(), buildDashboard()])
if (process.argv.includes('--print')) {
  for (const { file, bytes, brotli, integrity } of files) {
    console.log(`${file.padEnd(18)} ${bytes} B  brotli ${brotli} B  ${integrity}`)
  }
}
