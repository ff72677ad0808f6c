import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { links } from '../../../lib/links.ts'
import type { MachineRow } from '../table/columns.ts'
import { searchEngine } from './load-engine.ts'
import type { Search } from './use-search.ts'

/**
 * Returns a function that opens the first machine that matches the text of the search box. It does so once the text is in the URL, so that
 * Back returns to the same matches.
 */
export function useOpenFirst(search: Search, found: readonly MachineRow[]): (text: string) => void {
  const navigate = useNavigate()
  const [entered, setEntered] = useState<string | null>(null)
  const { query, settled } = search
  useEffect(() => {
    if (entered === null || (entered === query && entered !== settled)) return
    setEntered(null)
    const [first] = found
    if (entered === query && first !== undefined) void navigate(links.machine(first.group, first.vm.id))
  }, [entered, query, settled, found, navigate])
  return (text) => {
    search.set(text)
    // Without a valid term, all machines match.
    void searchEngine
      .load()
      .then(
        (engine) =>
          engine?.parseSearch(text).some(({ meaning }) => meaning.is !== 'wrong') && setEntered(text),
      )
  }
}
