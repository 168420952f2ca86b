/** Builds what the server serves: the tag and the dashboard. Under a second. */
import { buildDashboard } from './dashboard/build.ts'
import { buildSdk } from './sdk/build.ts'

await Promise.all([buildSdk(), buildDashboard()])
