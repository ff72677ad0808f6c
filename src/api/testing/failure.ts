import { ApiError } from '../errors.ts'
import { request, type Method } from '../http.ts'
import { anything } from '../schema.ts'

/** Sends a request that must fail, and returns its ApiError. */
export async function failure(
  method: Method = 'GET',
  options: Partial<Parameters<typeof request>[2]> = {},
): Promise<ApiError> {
  const error = await request(method, '/x', { schema: anything, ...options }).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ApiError)) throw new Error('There was no ApiError.', { cause: error })
  return error
}
