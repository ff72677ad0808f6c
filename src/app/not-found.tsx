import Compass from 'lucide-react/icons/compass'
import { Link, useLocation } from 'react-router'
import { PageHeading, PageTitle } from '../components/page/page-heading.tsx'
import { buttonClass } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'

/** The page for unknown addresses. */
export function Component() {
  const { pathname } = useLocation()
  return (
    <>
      <PageTitle parts={['Not found']} />
      <PageHeading>Page not found</PageHeading>
      <EmptyState
        icon={<Compass size={32} />}
        title="No such page"
        actions={
          <Link to="/" className={buttonClass({ variant: 'primary' })}>
            View machines
          </Link>
        }
      >
        There is no page at <code className="wrap-anywhere">{pathname}</code>.
      </EmptyState>
    </>
  )
}
