/**
 * Takes a response and returns its body as text. It is taken in as it comes: `response.text()` keeps the page from everything
 * else for as long as some MB take it.
 */
export async function readText(response: Response): Promise<string> {
  if (response.body === null) return ''
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    text += decoder.decode(value, { stream: true })
  }
}
