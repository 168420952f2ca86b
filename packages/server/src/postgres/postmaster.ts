/** A server process, started by us now or by a Weir that was killed. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  isAlive(): Promise<boolean>
}
