import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

/** Text files; pictures are compressed already. */
const TEXT = /\.(?:css|html|js|json|svg|txt|webmanifest)$/
/** Bytes. Smaller files fit into one or two packets anyway. */
const MIN_SIZE = 1000

const COMPRESSORS = [
  {
    ending: '.gz',
    compress: (bytes: Buffer) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
  },
  {
    ending: '.br',
    compress: (bytes: Buffer) =>
      promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  },
]

/** Compresses the files of a build, so that web servers need not do it for each request: `app.js.gz` and `app.js.br`. */
export function compression(): Plugin {
  let folder = ''
  return {
    name: 'compression',
    apply: 'build',
    configResolved(config) {
      folder = path.resolve(config.root, config.build.outDir)
    },
    async closeBundle(error) {
      if (!error) await compressFiles(folder)
    },
  }
}

/** Compresses the text files below a folder, except in hidden folders such as `.vite`. */
export async function compressFiles(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && TEXT.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !path.relative(folder, file).startsWith('.'))
  await Promise.all(files.map(compressFile))
}

async function compressFile(file: string): Promise<void> {
  const bytes = await readFile(file)
  if (bytes.length < MIN_SIZE) return
  for (const { ending, compress } of COMPRESSORS) {
    const compressed = await compress(bytes)
    if (compressed.length < bytes.length) await writeFile(file + ending, compressed)
  }
}
