import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A built file, read and compressed once. */
export interface Asset {
  type: string
  etag: string
  plain: Buffer
  br: Buffer
  gzip: Buffer
}

const TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json',
}

export function readAsset(file: URL): Asset {
  return assetOf(readFileSync(file), file.pathname.slice(file.pathname.lastIndexOf('.') + 1))
}

/** Compresses a file's content; its name would end in `ending`. */
export function assetOf(plain: Buffer, ending: string): Asset {
  return {
    type: TYPES[ending] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    plain,
    br: brotliCompressSync(plain),
    gzip: gzipSync(plain),
  }
}

/** Sends a file in the smallest form that the browser takes; 304 where it has it already. */
export function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset) {
  reply.type(asset.type).header('etag', asset.etag).header('vary', 'accept-encoding')
  if (request.headers['if-none-match']?.includes(asset.etag)) return reply.code(304).send()
  const accepted = request.headers['accept-encoding'] ?? ''
  if (/\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(asset.br)
  if (/\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(asset.gzip)
  return reply.send(asset.plain)
}
