import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

/** What is text; pictures are packed as they are. */
const TEXT = /\.(?:css|html|js|json|svg|txt|webmanifest)$/
/** Smaller files fit into a packet or two anyhow. */
const LEAST = 1000

const PACKERS = [
  { ending: '.gz', pack: (bytes: Buffer) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }) },
  {
    ending: '.br',
    pack: (bytes: Buffer) =>
      promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  },
]

/** Packs the files of a build, once they are written, so that a web server need not: `app.js.gz` and `app.js.br`. */
export function compression(): Plugin {
  let folder = ''
  return {
    name: 'compression',
    apply: 'build',
    configResolved(config) {
      folder = path.resolve(config.root, config.build.outDir)
    },
    async closeBundle(error) {
      if (!error) await packFiles(folder)
    },
  }
}

/** Packs what is text below a folder, but not what lies in hidden ones: the build's notes on itself. */
export async function packFiles(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && TEXT.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !path.relative(folder, file).startsWith('.'))
  await Promise.all(files.map(packFile))
}

async function packFile(file: string): Promise<void> {
  const bytes = await readFile(file)
  if (bytes.length < LEAST) return
  for (const { ending, pack } of PACKERS) {
    const packed = await pack(bytes)
    if (packed.length < bytes.length) await writeFile(file + ending, packed)
  }
}
