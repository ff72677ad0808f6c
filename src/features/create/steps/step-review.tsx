import type { ReactNode } from 'react'
import { withoutCredentials } from '../../../api/redact.ts'
import { expandNames } from '../../../lib/name-pattern.ts'
import { typedKeys } from '../../../lib/ssh-keys.ts'
import { formatMib, mibIn, numberIn } from '../../../lib/units.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { DefinitionList, Item } from '../../../ui/definition-list.tsx'
import { gradeOf, type CreateValues } from '../form-values.ts'
import type { StepProps } from './step-props.ts'
import { STEP_TITLES, type Step } from '../steps.ts'
import { coresInWords } from '../words.ts'

export function StepReview({ group, values, definitions, goTo }: StepProps) {
  const grades = definitions?.storage_grades ?? []
  const { names } = expandNames(values.name)
  const addresses = [values.ipv4.trim(), values.ipv6.trim()].filter((address) => address !== '')
  const keys = typedKeys(values.ssh_keys)
  const cd = withoutCredentials(values.cdrom_url.trim())
  return (
    <>
      <Part step="machine" goTo={goTo}>
        <Item term={names.length > 1 ? 'Names' : 'Name'}>
          <span className="font-mono text-xs">{names.join(', ')}</span>
        </Item>
        <Item term="Group">
          {group.account} / {group.group}
        </Item>
        <Item term="Size">
          {coresInWords(numberIn(values.cores))}, {formatMib(mibIn(values.memory))} of memory
        </Item>
        <Item term="Hardware profile">{profileInWords(values)}</Item>
        <Item term="Zone">{values.zone_name || 'BigV chooses'}</Item>
        {values.keymap !== '' && <Item term="Keymap">{values.keymap}</Item>}
        {addresses.length > 0 && (
          <Item term={addresses.length > 1 ? 'Addresses' : 'Address'}>
            <span className="font-mono text-xs">{addresses.join(', ')}</span>
          </Item>
        )}
        <Item term="Power">{powerInWords(values)}</Item>
      </Part>
      <Part step="discs" goTo={goTo}>
        {values.discs.length === 0 && <Item term="Discs">None</Item>}
        {values.discs.map((disc, index) => (
          <Item key={disc.label} term={index === 0 ? `Disc ${index + 1}, boots` : `Disc ${index + 1}`}>
            <span className="font-mono text-xs">{disc.label}</span>, {formatMib(mibIn(disc.size))},{' '}
            {gradeOf(disc.storage_grade, grades)}
          </Item>
        ))}
      </Part>
      <Part step="image" goTo={goTo}>
        {values.system === 'none' ? (
          <Item term="System">None</Item>
        ) : (
          <>
            <Item term="Distribution">
              {definitions?.distribution_descriptions[values.distribution] ?? values.distribution}
            </Item>
            <Item term="Root password">{PASSWORDS[values.password_from]}</Item>
            {keys.length > 0 && <Item term="SSH keys">{keys.map(({ name }) => name).join(', ')}</Item>}
            {values.firstboot_script.trim() !== '' && (
              <Item term="First-boot script">{linesInWords(values.firstboot_script)}</Item>
            )}
          </>
        )}
        {(values.system === 'none' || cd !== '') && <Item term="CD">{cd || 'None'}</Item>}
      </Part>
    </>
  )
}

function Part({ step, goTo, children }: { step: Step; goTo: (step: Step) => void; children: ReactNode }) {
  return (
    <Card
      title={STEP_TITLES[step]}
      actions={
        <Button
          size="small"
          variant="quiet"
          aria-label={`Change ${STEP_TITLES[step].toLowerCase()}`}
          onClick={() => goTo(step)}
        >
          Change
        </Button>
      }
    >
      <DefinitionList>{children}</DefinitionList>
    </Card>
  )
}

function powerInWords({ power_on, autoreboot_on }: CreateValues): string {
  const after = autoreboot_on ? 'comes back on after it powers off' : 'stays off after it powers off'
  if (power_on) return `Turned on when it is made; ${after}`
  // Either flag starts a new machine (API reference, "Contradictions").
  return autoreboot_on
    ? 'Turned on all the same, because it comes back on whenever it is off'
    : `Left off; ${after}`
}

const PASSWORDS: Record<CreateValues['password_from'], string> = {
  generated: 'Generated, and shown once when it is created',
  typed: 'Typed by you',
  none: 'None; SSH keys only',
}

function profileInWords({ hardware_profile, hardware_profile_locked }: CreateValues): string {
  return `${hardware_profile || 'BigV chooses'}${hardware_profile_locked ? ', locked' : ''}`
}

function linesInWords(script: string): string {
  const lines = script.trimEnd().split('\n').length
  return lines === 1 ? '1 line' : `${lines} lines`
}
