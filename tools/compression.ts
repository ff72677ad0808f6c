import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

/** The types of text files; pictures are compressed already. */
const TEXT = /\.(?:css|html|js|json|svg|txt|webmanifest)$/
/** The smallest file to compress, in bytes. Smaller files fit into one or two packets anyway. */
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

/** Adds compressed copies (`app.js.gz` and `app.js.br`) to a build, so that web servers needn't compress for each request. */
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

/** Compresses all text files in a folder and its subfolders, except hidden folders such as `.vite`. */
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
