/**
 * Takes a response and returns its body in the pieces in which it comes: `response.text()` keeps the page from everything else for
 * as long as some MB take it.
 */
export async function readBody(response: Response): Promise<readonly Uint8Array[]> {
  const pieces: Uint8Array[] = []
  const reader = response.body?.getReader()
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true }
    if (done) return pieces
    pieces.push(value)
  }
}

/** Takes the pieces of a body and returns the text. */
export function textOf(pieces: readonly Uint8Array[]): string {
  const decoder = new TextDecoder()
  return pieces.map((piece) => decoder.decode(piece, { stream: true })).join('') + decoder.decode()
}
