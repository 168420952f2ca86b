import { createReadStream, type ReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** The file is not what it is said to be: the same again ends at the same place. */
export class UnreadableFile extends Error {}

/** What is imported, open for reading. */
export interface Source {
  /** Its text, unpacked where it was packed. */
  stream: Readable
  /** Bytes as they lie in the file; 0 where nobody knows. */
  size: number
  bytesRead(): number
  /** What tells it from another file; null where it cannot be read a second time. */
  what: { size: number; mtimeMs: number } | null
  close(): void
}

const PACKED: readonly [string, string][] = [
  ['504b0304', 'unzip -p'],
  ['28b52ffd', 'zstd -dc'],
  ['425a68', 'bzip2 -dc'],
  ['fd377a58', 'xz -dc'],
]

/** Throws an UnreadableFile for a folder, and for what is packed in a way that Node does not know. */
export async function openFile(path: string): Promise<Source> {
  const found = await stat(path)
  if (found.isDirectory()) {
    throw new UnreadableFile(`${path} is a folder: import its files one by one.`)
  }
  const begin = await beginningOf(path)
  const [, unpack] = PACKED.find(([magic]) => begin.startsWith(magic)) ?? []
  if (unpack) {
    throw new UnreadableFile(`${path} is compressed: ${unpack} ${path} | weir import -`)
  }
  const file = createReadStream(path)
  const { size, mtimeMs } = found
  return {
    stream: begin.startsWith('1f8b') ? unpacked(file) : file,
    size,
    bytesRead: () => file.bytesRead,
    what: { size, mtimeMs },
    close: () => file.destroy(),
  }
}

/** Standard input: nobody knows how long it is, nor whether it comes again. */
export function openPipe(input: NodeJS.ReadableStream): Source {
  const stream = Readable.from(bytesOf(input))
  return {
    stream,
    size: 0,
    bytesRead: () => 0,
    what: null,
    close: () => stream.destroy(),
  }
}

async function* bytesOf(input: NodeJS.ReadableStream): AsyncGenerator<Buffer> {
  for await (const chunk of input) yield Buffer.from(chunk)
}

/** Of gzip, whose error is told to whoever reads. */
const unpacked = (file: ReadStream): Readable => pipeline(file, createGunzip(), () => undefined)

/** The first bytes in hexadecimal. */
async function beginningOf(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.toString('hex', 0, bytesRead)
  } finally {
    await file.close()
  }
}
