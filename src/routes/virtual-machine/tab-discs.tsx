import type { TabProps } from './tab-props.ts'

export function DiscsTab({ reading: { vm } }: TabProps) {
  return <p className="text-muted">{vm.name}</p>
}
