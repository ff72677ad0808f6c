import { answerText, type Wire } from '../../tools/testing/wire.ts'

/**
 * The answer of a fake BigV, sent once the request has arrived.
 * @param end the end of the request; by default, the end of its headers
 */
export function answerWith(
  status: string,
  headers: Record<string, string> = {},
  body = '',
  end: string | RegExp = '\r\n\r\n',
): (connection: Wire) => Promise<void> {
  return async (connection) => {
    await connection.until(end)
    connection.send(answerText(status, headers, body))
  }
}
