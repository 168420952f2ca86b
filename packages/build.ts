/** Builds what the server serves and runs beside itself: the tag, the dashboard, its threads. Under a second. `--print` says what came out. */
import { buildDashboard } from './dashboard/build.ts'
import { buildSdk } from './sdk/build.ts'
import { buildThreads } from './server/build.ts'

const [files] = await Promise.all([buildSdk(), buildDashboard(), buildThreads()])
if (process.argv.includes('--print')) {
  for (const { file, bytes, brotli, integrity } of files) {
    console.log(`${file.padEnd(18)} ${bytes} B  brotli ${brotli} B  ${integrity}`)
  }
}
