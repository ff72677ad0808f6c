import { answerText, type Wire } from '../../tools/testing/wire.ts'

/**
 * For a fake BigV: answers when the request has arrived.
 * @param end what the request ends with; its headers if nothing is given
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
