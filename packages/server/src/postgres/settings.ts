/** How Postgres is set up for a shop's one machine of two cores and a few GB. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  // The path of a socket may have 107 bytes; a data directory may be deeper.
  unix_socket_directories: '',
  // An acknowledged event is a committed one: these two are never off.
  fsync: 'on',
  synchronous_commit: 'on',
  max_connections: '60',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  // systemd's RemoveIPC deletes the POSIX segments of a user who logs out.
  dynamic_shared_memory_type: 'mmap',
  // Checkpoints write every page anew into the WAL: few and slow ones suit a stream of inserts.
  max_wal_size: '2GB',
  // Kept to be used again: a new segment is filled with zeros while commits wait.
  min_wal_size: '256MB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  // Else the kernel keeps half a gigabyte for half a minute, and commits wait twice as long while it is written at once.
  backend_flush_after: '512kB',
  wal_compression: 'on',
  wal_buffers: '16MB',
  random_page_cost: '1.1',
  // Compiling costs more than our short statements do.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  log_checkpoints: 'off',
  // Statements and details of errors hold visitors' data, which no log of ours may.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
} as const

/** The settings as arguments of `postgres`, which beat its configuration files. */
export const settingArguments = (port: number): string[] =>
  Object.entries({ ...SETTINGS, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
