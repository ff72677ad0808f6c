/** Takes text and returns it without the user:password of any URL in it. */
export function withoutUser(text: string): string {
  // They end at the last @ before the URL's path: a password may have one of its own.
  return text.replace(/([a-z][\w+.-]*:\/\/)[^/?#]*@/gi, '$1')
}
