import { Fragment } from 'react'

/** Text without spaces, a path or JSON, that is broken behind a slash or a comma rather than inside a word. */
export function Breakable({ text }: { text: string }) {
  return text.split(/(?<=\S[/,])/).map((piece, at) => (
    // oxlint-disable-next-line react/no-array-index-key -- the pieces of one text have no other
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {piece}
    </Fragment>
  ))
}
