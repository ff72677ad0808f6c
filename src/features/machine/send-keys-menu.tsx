import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { sendKeys } from '../../actions/keys.ts'
import { definitionQueries } from '../../api/definitions.ts'
import type { MachineInGroup } from '../../api/virtual-machines.ts'
import { useDisabledReason } from '../../operations/disabled-reason.ts'
import { MenuGroup, MenuItem, MenuLink } from '../../ui/menu/menu-items.tsx'
import { combinationReason, COMMON, savedCombinations, type Combination } from '../keys/combinations.ts'
import { sendAtOnce } from '../keys/send-at-once.ts'

/** The key combinations, which are sent at once, and a link to all other keys. Loads BigV's key names when it is opened. */
export function SendKeysItems(props: MachineInGroup) {
  const disabledReasonOf = useDisabledReason(props.machine)
  const saved = savedCombinations.use()
  const names = useQuery(definitionQueries.all()).data?.sendkeys
  const known = names && new Set(names)
  const reason = disabledReasonOf(sendKeys)
  const item = (each: Combination) => (
    <MenuItem
      key={each.name}
      disabledReason={reason ?? (known ? combinationReason(each, known) : null)}
      onSelect={() => sendAtOnce(props, each)}
    >
      {each.name}
    </MenuItem>
  )
  return (
    <>
      {COMMON.map(item)}
      {saved.length > 0 && <MenuGroup label="Saved in this browser">{saved.map(item)}</MenuGroup>}
      <MoreKeys />
    </>
  )
}

/** The combination that a phone's menu offers, and the link to all other keys. */
export function SendKeysShort(props: MachineInGroup) {
  const disabledReasonOf = useDisabledReason(props.machine)
  const [first] = COMMON
  return (
    <MenuGroup label={sendKeys.label}>
      {first && (
        <MenuItem disabledReason={disabledReasonOf(sendKeys)} onSelect={() => sendAtOnce(props, first)}>
          {first.name}
        </MenuItem>
      )}
      <MoreKeys />
    </MenuGroup>
  )
}

function MoreKeys() {
  return <MenuLink render={<Link to="?tab=keys" replace />}>More keys</MenuLink>
}
