/** What is known about an image: its family, to group by, and a readable name. */
export interface ImageName {
  family: string
  name: string
}

const DEBIAN = {
  lenny: 5,
  squeeze: 6,
  wheezy: 7,
  jessie: 8,
  stretch: 9,
  buster: 10,
  bullseye: 11,
  bookworm: 12,
}
const UBUNTU = {
  lucid: '10.04',
  maverick: '10.10',
  natty: '11.04',
  oneiric: '11.10',
  precise: '12.04',
  quantal: '12.10',
  raring: '13.04',
  saucy: '13.10',
  trusty: '14.04',
  utopic: '14.10',
  vivid: '15.04',
  wily: '15.10',
  xenial: '16.04',
  bionic: '18.04',
  focal: '20.04',
  jammy: '22.04',
}

/**
 * The family and the readable name of an image ("wheezy": Debian 7), going by the release names of its makers. An unknown image keeps
 * BigV's name. BigV's own descriptions (`distribution_descriptions`) are shown beside it, not instead of it.
 */
export function imageName(distribution: string): ImageName {
  if (Object.hasOwn(DEBIAN, distribution)) return named('Debian', DEBIAN[distribution as keyof typeof DEBIAN])
  if (Object.hasOwn(UBUNTU, distribution)) return named('Ubuntu', UBUNTU[distribution as keyof typeof UBUNTU])
  const [, centos] = /^centos-?(\d[\d.]*)$/.exec(distribution) ?? []
  if (centos !== undefined) return named('CentOS', centos)
  if (distribution === 'symbiosis') return { family: 'Debian', name: 'Symbiosis (Debian)' }
  const [, edition, year, release] = /^win(web|std|ent)2k?(?:0?)(8|012|003)(r2)?$/.exec(distribution) ?? []
  if (edition !== undefined && year !== undefined) return windows(edition, year, release)
  if (distribution === 'none') return { family: 'Other', name: 'No image' }
  return { family: 'Other', name: distribution }
}

function named(family: string, version: string | number): ImageName {
  return { family, name: `${family} ${version}` }
}

const EDITIONS: Readonly<Record<string, string>> = { web: 'Web', std: 'Standard', ent: 'Enterprise' }
const YEARS: Readonly<Record<string, string>> = { '8': '2008', '012': '2012', '003': '2003' }

function windows(edition: string, year: string, release: string | undefined): ImageName {
  const words = ['Windows', EDITIONS[edition], YEARS[year], release?.toUpperCase()]
  return { family: 'Windows', name: words.filter(Boolean).join(' ') }
}
