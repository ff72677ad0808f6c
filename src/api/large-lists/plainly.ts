import type { z } from '../schema.ts'

type Field = readonly [name: string, type: string, mayBeMissing: boolean]

/**
 * Takes a schema of an object and returns a quick look at a value: true when its fields are as the schema says and hold nothing but
 * texts, numbers and booleans. False says nothing: zod must look, which takes many times as long.
 */
export function plainly(schema: z.ZodMiniObject): (value: unknown) => boolean {
  const fields = Object.entries(schema._zod.def.shape).map(([name, field]) => fieldOf(name, field))
  return (value) => {
    if (typeof value !== 'object' || value === null) return false
    for (const [name, type, mayBeMissing] of fields) {
      const found: unknown = value[name as never]
      if (found === undefined || found === null) {
        if (!mayBeMissing) return false
        // JSON's 1e999 is read as infinite, which is no number to zod.
      } else if (typeof found !== type || found === Infinity || found === -Infinity) return false
    }
    return true
  }
}

interface Def {
  type: string
  innerType?: { _zod: { def: Def } }
  checks?: unknown[]
}

function fieldOf(name: string, { _zod: { def } }: { _zod: { def: Def } }): Field {
  const inner = def.type === 'optional' ? def.innerType?._zod.def : undefined
  const mayBeMissing = inner?.type === 'nullable'
  const { type, checks } = (mayBeMissing && inner.innerType?._zod.def) || def
  // What is to be checked further is for zod: no value's type is called so.
  return [name, checks?.length ? 'checked' : type, mayBeMissing]
}
