import { watchSignals } from '../signals/watchSignals.ts'

watchSignals()
