import { useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'
import { links } from '../../../lib/links.ts'
import type { MachineRow } from '../table/columns.ts'
import { searchEngine } from './load-engine.ts'
import type { Search } from '../../../components/page/use-search.ts'

/**
 * Returns a function that opens the first machine that matches the text of the search box. It does so once the text is in the URL, so that
 * Back returns to the same matches.
 */
export function useOpenFirst(search: Search, found: readonly MachineRow[]): (text: string) => void {
  const navigate = useNavigate()
  const entered = useRef<string | null>(null)
  const { query, settled } = search
  useEffect(() => {
    const text = entered.current
    if (text === null || (text === query && text !== settled)) return
    entered.current = null
    const [first] = found
    if (text === query && first !== undefined) void navigate(links.machine(first.group, first.vm.id))
  })
  const enter = async (text: string) => {
    const engine = await searchEngine.load()
    // Without a valid term, all machines match.
    const isSearch = engine?.parseSearch(text).some(({ meaning }) => meaning.is !== 'wrong')
    entered.current = isSearch === true ? text : null
    // Always renders the list again, even if the text is the same.
    search.set(text)
  }
  return (text) => void enter(text)
}
