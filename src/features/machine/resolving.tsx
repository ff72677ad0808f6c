import { PageHeading } from '../../components/page/page-heading.tsx'
import { PageTitle } from '../../components/page/page-title.tsx'
import { Spinner } from '../../ui/spinner.tsx'

/** Before the first reading of the machine has come. */
export function Resolving({ named }: { named: string }) {
  return (
    <>
      <PageTitle parts={[named]} />
      <PageHeading>{named}</PageHeading>
      <p role="status" className="mt-2 flex items-center gap-2 text-muted">
        <Spinner /> The machine is being read…
      </p>
    </>
  )
}
