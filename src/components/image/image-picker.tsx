import { useQuery } from '@tanstack/react-query'
import { useId, useState, type ComponentProps } from 'react'
import { definitionQueries } from '../../api/definitions.ts'
import { imageName } from '../../lib/images.ts'
import { compareNatural } from '../../lib/names.ts'
import { describedBy, FieldNotes } from '../../ui/fields/field.tsx'
import { RadioCards } from '../../ui/fields/radio-group.tsx'
import { announce } from '../../ui/live-region.tsx'

type Props = Pick<ComponentProps<'input'>, 'name' | 'onBlur' | 'ref'> & {
  /** BigV's name of the chosen image, or an empty text. */
  value: string
  onChoose: (distribution: string) => void
  errors?: readonly string[] | undefined
}

/** The images that BigV offers, by family, searchable by name and description. */
export function ImagePicker({ value, onChoose, errors, name, onBlur, ref }: Props) {
  const id = useId()
  const [search, setSearch] = useState('')
  const definitions = useQuery(definitionQueries.all())
  const { distributions, distribution_descriptions: descriptions = {} } = definitions.data ?? {}
  const words = search.toLowerCase().split(/\s+/)
  const found = (distributions ?? []).filter((each) => {
    const text = `${each} ${imageName(each).name} ${descriptions[each] ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const shown = (distributions ?? []).filter((each) => each === value || found.includes(each))
  // A draft may have an image that BigV no longer offers.
  if (distributions !== undefined && value !== '' && !distributions.includes(value)) shown.push(value)
  const families = byFamily(shown)
  const focused = families.find(({ images }) => images.includes(value)) ?? families[0]
  const hint = definitions.isError
    ? 'Couldn’t load the distributions.'
    : emptyHint(distributions, found.length)

  return (
    <fieldset className="min-w-0" aria-describedby={describedBy(id, { hint, errors })}>
      <legend className="mb-1.5 font-semibold">Distribution</legend>
      {distributions !== undefined && distributions.length > 0 && (
        <input
          type="search"
          aria-label="Search distributions"
          autoComplete="off"
          spellCheck={false}
          placeholder="Search: debian, 12.04, windows…"
          className="control mb-3 max-w-md"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setSearch('')
            if (event.key !== 'Enter') return
            // Without this, Enter would submit the form.
            event.preventDefault()
            const [only, ...more] = found
            if (only === undefined || more.length > 0) return
            onChoose(only)
            announce(`${imageName(only).name} selected`)
          }}
        />
      )}
      <div className="@container grid gap-3 empty:hidden">
        {families.map(({ family, images }) => (
          <RadioCards
            key={family}
            name={name ?? id}
            cards="line"
            label={<span className="text-xs font-medium text-muted">{family}</span>}
            options={images.map((image) => cardOf(image, descriptions[image]))}
            value={value}
            onChange={(event) => onChoose(event.currentTarget.value)}
            onBlur={onBlur}
            ref={family === focused?.family ? ref : undefined}
          />
        ))}
      </div>
      <FieldNotes id={id} hint={hint} errors={errors} />
    </fieldset>
  )
}

/** More than this many characters of a description take a second column. */
const SHORT = 12

/** A card: the readable name, BigV's own name beside it, and BigV's description if it says more. */
function cardOf(image: string, description = '') {
  const { name } = imageName(image)
  const text = moreThanName(image, description)
  const title =
    name === image ? (
      <span className="font-mono text-xs">{image}</span>
    ) : (
      <>
        {name} <span className="font-mono text-xs font-normal text-muted">{image}</span>
      </>
    )
  return {
    value: image,
    title,
    text: text !== '' && <span className="text-xs">{text}</span>,
    double: text.length > SHORT,
  }
}

/** "Ubuntu 12.04 LTS (Precise Pangolin)" says "LTS" more than "Ubuntu 12.04" and "precise". */
function moreThanName(image: string, description: string): string {
  const { name, family } = imageName(image)
  const known = new Set(wordsIn(`${name} ${image} ${family === 'Windows' ? 'server' : ''}`))
  const codeName = (part: string) => part.toLowerCase().includes(image.toLowerCase())
  const said = description.replaceAll(/\s*\([^)]*\)/g, (part) => (codeName(part) ? '' : part)).trim()
  if (wordsIn(said).every((word) => known.has(word))) return ''
  return said.startsWith(`${name} `) ? said.slice(name.length).trim() : said
}

/** "Debian 7 (Wheezy)": debian, 7, wheezy */
function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[^\s()]+/g) ?? []
}

const OTHER = 'Other'

/** The images by family and readable name, in natural order. Those of no known family come last. */
function byFamily(images: readonly string[]): { family: string; images: string[] }[] {
  const named = images.map((image) => ({ image, ...imageName(image) }))
  const families = [...new Set(named.map(({ family }) => family))]
  return families
    .toSorted((a, b) => Number(a === OTHER) - Number(b === OTHER) || compareNatural(a, b))
    .map((family) => ({
      family,
      images: named
        .filter((each) => each.family === family)
        .toSorted((a, b) => compareNatural(a.name, b.name))
        .map(({ image }) => image),
    }))
}

function emptyHint(names: readonly string[] | undefined, found: number): string | undefined {
  if (names === undefined) return 'Distributions aren’t loaded yet.'
  if (names.length === 0) return 'No distributions are available.'
  return found === 0 ? 'No distribution matches.' : undefined
}
