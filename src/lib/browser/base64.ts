/** Takes text and returns the base64 of its UTF-8 bytes; btoa alone throws beyond Latin-1. */
export function base64Utf8(text: string): string {
  let bytes = ''
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte)
  return btoa(bytes)
}
