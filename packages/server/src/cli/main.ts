/** `weir …`: the process. */
import { processCaller } from '../config.ts'
import { runWeir } from './run-weir.ts'
import { openTerminal } from './terminal.ts'

const code = await runWeir(process.argv.slice(2), openTerminal(processCaller()))
// What was printed is written first; a pool's timers would keep the process for a minute.
process.stdout.write('', () => process.exit(code))
