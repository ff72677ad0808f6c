import type { TabProps } from './tab-props.ts'

export function SettingsTab({ reading: { vm } }: TabProps) {
  return <p className="text-muted">{vm.name}</p>
}
