import { useRouteError } from 'react-router'
import { messageOf } from '../api/errors.ts'
import { Button } from '../ui/button.tsx'
import { FormError } from '../ui/notice.tsx'
import { PageTitle } from '../components/page/page-heading.tsx'

/** Takes the place of a page that throws; the frame around it stays usable. */
export function PageError() {
  const error = useRouteError()
  return (
    <div className="p-4">
      <PageTitle parts={['Something broke']} failed />
      <FormError
        title="This page broke"
        text="The fault is the dashboard's, or a part of it could not be loaded. Nothing was sent because of it."
        details={error instanceof Error ? (error.stack ?? messageOf(error)) : messageOf(error)}
      >
        <Button onClick={() => location.reload()}>Load the page anew</Button>
      </FormError>
    </div>
  )
}
