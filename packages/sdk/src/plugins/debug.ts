import { showOverlay } from '../debug/showOverlay.ts'

showOverlay()
