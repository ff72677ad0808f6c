/** What the box has written into the address, which gets there some time later, when perhaps the next is written already. */
export interface OwnWrites {
  /** Notes what is written now. */
  note: (text: string) => void
  /** Takes what the address has now and returns whether it is our own, or else the user's, who went back or forward. */
  arrived: (text: string) => boolean
}

/** Starts with what the address has. */
export function ownWrites(text: string): OwnWrites {
  // From what has arrived on, in the order of writing.
  let written = [text]
  return {
    note: (next) => {
      if (written.at(-1) !== next) written.push(next)
    },
    arrived: (now) => {
      const at = written.lastIndexOf(now)
      written = at === -1 ? [now] : written.slice(at)
      return at !== -1
    },
  }
}
