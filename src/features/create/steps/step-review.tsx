import type { ReactNode } from 'react'
import { withoutCredentials } from '../../../api/redact.ts'
import { useGroupName } from '../../../components/groups.tsx'
import { imageName } from '../../../lib/images.ts'
import { expandNames } from '../../../lib/name-pattern.ts'
import { typedKeys } from '../../../lib/ssh-keys.ts'
import { countOf, formatMib, mibIn, numberIn } from '../../../lib/units.ts'
import type { PlannedRequest } from '../../../operations/operation.ts'
import { Button } from '../../../ui/button.tsx'
import { Card, DefinitionList, Item } from '../../../ui/card.tsx'
import { gradeOf, type CreateValues } from '../form/form-values.ts'
import { summaryOf } from '../form/summary.ts'
import { STEP_TITLES, type Step, type StepProps } from '../form/steps.ts'

export function StepReview({ group, values, definitions, goTo }: StepProps) {
  const inGroup = useGroupName(group)
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
        <Item term="Group" translate="no">
          {group.account} / {inGroup}
        </Item>
        <Item term="Size">
          {countOf(numberIn(values.cores), 'core')}, {formatMib(mibIn(values.memory))} of memory
        </Item>
        <Item
          term="Hardware profile"
          translate={values.hardware_profile === '' || values.hardware_profile_locked ? undefined : 'no'}
        >
          {profileInWords(values)}
        </Item>
        <Item term="Zone" translate={values.zone_name === '' ? undefined : 'no'}>
          {values.zone_name || 'Automatic'}
        </Item>
        {values.keymap !== '' && (
          <Item term="Keymap" translate="no">
            {values.keymap}
          </Item>
        )}
        {addresses.length > 0 && (
          <Item term={addresses.length > 1 ? 'Addresses' : 'Address'}>
            <span className="font-mono text-xs">{addresses.join(', ')}</span>
          </Item>
        )}
        <Item term="Power">{powerInWords(values)}</Item>
      </Part>
      <Part step="image" goTo={goTo}>
        {values.system === 'none' ? (
          <Item term="System">None</Item>
        ) : (
          <>
            <Item term="Distribution">
              <ImageLabel image={values.distribution} />
            </Item>
            <Item term="Root password">{PASSWORDS[values.password_from]}</Item>
            {keys.length > 0 && <Item term="SSH keys">{keys.map(({ name }) => name).join(', ')}</Item>}
            {values.firstboot_script.trim() !== '' && (
              <Item term="First-boot script">{lineCount(values.firstboot_script)}</Item>
            )}
          </>
        )}
        {(values.system === 'none' || cd !== '') && <Item term="CD">{cd || 'None'}</Item>}
      </Part>
      <Part step="discs" goTo={goTo}>
        {values.discs.length === 0 && <Item term="Discs">None</Item>}
        {values.discs.map((disc, index) => (
          <Item key={disc.label} term={index === 0 ? `Disc ${index + 1} (boot)` : `Disc ${index + 1}`}>
            <span className="font-mono text-xs">{disc.label}</span>, {formatMib(mibIn(disc.size))},{' '}
            {gradeOf(disc.storage_grade, grades)}
          </Item>
        ))}
      </Part>
    </>
  )
}

function ImageLabel({ image }: { image: string }) {
  const { name } = imageName(image)
  return (
    <span translate="no">
      <span>{name}</span> {name !== image && <code className="text-xs text-muted">{image}</code>}
    </span>
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
  const restarts = autoreboot_on ? 'restarts automatically' : 'doesn’t restart automatically'
  if (power_on) return `Starts after creation; ${restarts}`
  // Each of the two flags alone makes BigV start a new machine (docs/bigv-api.md#creation).
  return autoreboot_on ? 'Will start anyway: automatic restart is on' : `Stays off; ${restarts}`
}

const PASSWORDS: Record<CreateValues['password_from'], string> = {
  generated: 'Generated, shown once after creation',
  typed: 'Typed by you',
  none: 'None: SSH keys only',
}

function profileInWords({ hardware_profile, hardware_profile_locked }: CreateValues): string {
  return `${hardware_profile || 'Automatic'}${hardware_profile_locked ? ', locked' : ''}`
}

function lineCount(script: string): string {
  return countOf(script.trimEnd().split('\n').length, 'line')
}

/** The machine in the form so far. */
export function SummaryCard({ values }: { values: CreateValues }) {
  const { name, size, discs, image, imageTranslate } = summaryOf(values)
  return (
    <Card title="Summary">
      <DefinitionList>
        <Item term="Name">
          <span className="font-mono text-xs">{name || '–'}</span>
        </Item>
        <Item term="Size">{size || '–'}</Item>
        <Item term="Discs">{discs || '–'}</Item>
        <Item term="Image" translate={imageTranslate}>
          {image || '–'}
        </Item>
      </DefinitionList>
    </Card>
  )
}

/** A request to preview while the form is incomplete: its empty and invalid fields are "…". */
export function withGaps(request: PlannedRequest): PlannedRequest {
  return { ...request, body: JSON.parse(JSON.stringify(request.body, gap)) as PlannedRequest['body'] }
}

function gap(_key: string, value: unknown): unknown {
  return value === '' || Number.isNaN(value) ? '…' : value
}
