import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { definitionQueries } from '../../api/definitions.ts'
import { LoadFailure } from '../../components/page/freshness.tsx'
import { PageHeading, PageTitle } from '../../components/page/page-heading.tsx'
import { useSession } from '../../session/session.ts'
import { Card, DefinitionList, Item } from '../../ui/card.tsx'
import { Loading } from '../../ui/spinner.tsx'
import { Tag } from '../../ui/tag.tsx'
import { HeadsCard } from './heads-card.tsx'

export function Component() {
  const definitions = useQuery(definitionQueries.all())
  const { data } = definitions
  const { credentials } = useSession()
  return (
    <>
      <PageTitle parts={['Platform']} failed={definitions.isLoadingError} />
      <p className="mb-1 text-xs text-muted">Available on this BigV</p>
      <div className="mb-4">
        <PageHeading>Platform</PageHeading>
      </div>
      {credentials && <HeadsCard account={credentials.account} />}
      {definitions.isPending && <Loading>Loading the definitions…</Loading>}
      {definitions.isLoadingError && <LoadFailure what="the definitions" query={definitions} />}
      {data && (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <Card title="Distributions" className="lg:row-span-3">
            <Names names={data.distributions} descriptions={data.distribution_descriptions} />
          </Card>
          <Card title="Storage grades">
            <Names names={data.storage_grades} descriptions={data.storage_grade_descriptions} />
          </Card>
          <Card title="Hardware profiles">
            <Tags names={data.hardware_profiles} />
          </Card>
          <Card title="Zones">
            <Tags names={data.zone_names} />
          </Card>
          <Card title="Console keyboard layouts" className="lg:col-span-2">
            <Tags names={data.keymaps} />
          </Card>
        </div>
      )}
    </>
  )
}

interface NamesProps {
  names: readonly string[]
  descriptions: Readonly<Record<string, string>>
}

/** Names with BigV's descriptions, or plain tags if BigV describes none of them. */
function Names({ names, descriptions }: NamesProps) {
  if (names.every((name) => !Object.hasOwn(descriptions, name))) return <Tags names={names} />
  return (
    <DefinitionList>
      {names.map((name) => (
        <Item key={name} term={<Mono>{name}</Mono>}>
          {Object.hasOwn(descriptions, name) ? descriptions[name] : '–'}
        </Item>
      ))}
    </DefinitionList>
  )
}

function Tags({ names }: { names: readonly string[] }) {
  if (names.length === 0) return <p className="p-3.5 text-muted">BigV lists none.</p>
  return (
    <ul className="flex flex-wrap gap-1.5 p-3.5">
      {names.map((name) => (
        <li key={name}>
          <Tag className="font-mono">{name}</Tag>
        </li>
      ))}
    </ul>
  )
}

function Mono({ children }: { children: ReactNode }) {
  return <span className="font-mono text-xs wrap-anywhere">{children}</span>
}
