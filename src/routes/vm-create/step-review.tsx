import type { ReactNode } from 'react'
import { redacted } from '../../api/redact.ts'
import { formatMib } from '../../lib/units.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { DefinitionList, Item } from '../../ui/definition-list.tsx'
import { gradeOf, type CreateValues } from './form-values.ts'
import { mibIn, numberIn } from '../../lib/numbers.ts'
import type { StepProps } from './step-content.tsx'
import { STEP_TITLES, type Step } from './steps.ts'
import { coresInWords } from './words.ts'

export function StepReview({ group, values, definitions, goTo }: StepProps) {
  const grades = definitions?.storage_grades ?? []
  return (
    <>
      <Part step="machine" goTo={goTo}>
        <Item term="Name">
          <span className="font-mono text-xs">{values.name}</span>
        </Item>
        <Item term="Group">
          {group.account} / {group.group}
        </Item>
        <Item term="Size">
          {coresInWords(numberIn(values.cores))}, {formatMib(mibIn(values.memory))} of memory
        </Item>
        <Item term="Hardware profile">{values.hardware_profile || 'BigV chooses'}</Item>
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
            <Item term="Root password">{passwordInWords(values)}</Item>
          </>
        )}
        {values.system === 'none' && (
          <Item term="CD">
            {values.cdrom_url.trim() ? String(redacted(values.cdrom_url.trim())) : 'None'}
          </Item>
        )}
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

function passwordInWords(values: CreateValues): ReactNode {
  if (values.password_from === 'typed') return 'Typed by you'
  return (
    <>
      Generated; copy it now <CopyButton value={values.generated_password} label="Copy root password" />
    </>
  )
}
