import { queryOptions } from '@tanstack/react-query'
import { request } from './http.ts'
import { apiPath } from './path.ts'
import { listOf, z } from './schema.ts'

const definitionsSchema = listOf(z.looseObject({ id: z.string(), data: z.unknown() }))

/** The names that BigV offers to choose from, and their descriptions if this brain has them. */
export interface Definitions {
  distributions: readonly string[]
  storage_grades: readonly string[]
  hardware_profiles: readonly string[]
  keymaps: readonly string[]
  sendkeys: readonly string[]
  zone_names: readonly string[]
  distribution_descriptions: Readonly<Record<string, string>>
  storage_grade_descriptions: Readonly<Record<string, string>>
}

/** Fetched once per session; needs no credentials (docs/bigv-api.md#11-definitions). */
export const definitionQueries = {
  all: () =>
    queryOptions({
      queryKey: ['definitions'],
      queryFn: async ({ signal }): Promise<Definitions> => {
        const { data } = await request('GET', apiPath('definitions'), {
          schema: definitionsSchema,
          signal,
          credentials: null,
        })
        const byId = new Map(data.map((entry) => [entry.id, entry.data]))
        return {
          distributions: names(byId.get('distributions')),
          storage_grades: names(byId.get('storage_grades')),
          hardware_profiles: names(byId.get('hardware_profiles')),
          keymaps: names(byId.get('keymaps')),
          sendkeys: names(byId.get('sendkeys')),
          zone_names: names(byId.get('zone_names')),
          distribution_descriptions: texts(byId.get('distribution_descriptions')),
          storage_grade_descriptions: texts(byId.get('storage_grade_descriptions')),
        }
      },
      // Query's structural sharing would give the descriptions a prototype again.
      structuralSharing: false,
      staleTime: Infinity,
      gcTime: Infinity,
    }),
}

function names(data: unknown): string[] {
  return Array.isArray(data) ? data.filter((entry) => typeof entry === 'string') : []
}

// An object without a prototype: otherwise a distribution named “constructor” would get Object's constructor as its description.
function texts(data: unknown): Record<string, string> {
  const described = Object.create(null) as Record<string, string>
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return described
  for (const [name, text] of Object.entries(data)) if (typeof text === 'string') described[name] = text
  return described
}
