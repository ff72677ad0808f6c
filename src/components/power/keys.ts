/** Combinations that operators send most, in the names of the definitions. */
export const CHORDS: readonly { label: string; keys: readonly string[] }[] = [
  { label: 'Ctrl Alt Delete', keys: ['ctrl', 'alt', 'delete'] },
  { label: 'Alt F1', keys: ['alt', 'f1'] },
  { label: 'Alt F2', keys: ['alt', 'f2'] },
  { label: 'Ctrl Alt F1', keys: ['ctrl', 'alt', 'f1'] },
  { label: 'Ctrl C', keys: ['ctrl', 'c'] },
  { label: 'Ctrl D', keys: ['ctrl', 'd'] },
  { label: 'Alt SysRq S', keys: ['alt', 'sysrq', 's'] },
  { label: 'Alt SysRq U', keys: ['alt', 'sysrq', 'u'] },
  { label: 'Alt SysRq B', keys: ['alt', 'sysrq', 'b'] },
  { label: 'Enter', keys: ['ret'] },
  { label: 'Esc', keys: ['esc'] },
  { label: 'Tab', keys: ['tab'] },
]

const GROUPS: readonly { label: string; test: RegExp }[] = [
  { label: 'Modifiers', test: /^(?:shift|alt|altgr|ctrl|menu)(?:_r)?$|_lock$/ },
  { label: 'Letters', test: /^[a-z]$/ },
  { label: 'Digits', test: /^\d$/ },
  { label: 'Function keys', test: /^f\d+$/ },
  { label: 'Keypad', test: /^kp_/ },
  { label: 'Moving', test: /^(?:home|pgup|pgdn|end|left|up|down|right|insert|delete)$/ },
]

/** Takes the key names of the definitions and returns them in groups for the eye; the rest comes last. */
export function keyGroups(names: readonly string[]): { label: string; keys: string[] }[] {
  const rest = new Set(names)
  const groups = GROUPS.map(({ label, test }) => {
    const keys = [...rest].filter((name) => test.test(name))
    for (const key of keys) rest.delete(key)
    return { label, keys: label === 'Letters' ? keys.sort() : keys }
  })
  return [...groups, { label: 'Others', keys: [...rest] }].filter(({ keys }) => keys.length > 0)
}
