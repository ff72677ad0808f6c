import { expect, test } from 'vitest'
import { imageName } from './images.ts'

test.each([
  ['squeeze', 'Debian', 'Debian 6'],
  ['wheezy', 'Debian', 'Debian 7'],
  ['symbiosis', 'Debian', 'Symbiosis (Debian)'],
  ['oneiric', 'Ubuntu', 'Ubuntu 11.10'],
  ['precise', 'Ubuntu', 'Ubuntu 12.04'],
  ['centos-5.8', 'CentOS', 'CentOS 5.8'],
  ['centos6', 'CentOS', 'CentOS 6'],
  ['winweb2k8r2', 'Windows', 'Windows Web 2008 R2'],
  ['winstd2012', 'Windows', 'Windows Standard 2012'],
  ['none', 'Other', 'No image'],
  ['constructor', 'Other', 'constructor'],
  ['wheezy-custom', 'Other', 'wheezy-custom'],
])('shows the image %s of the family %s as %s', (distribution, family, name) => {
  expect(imageName(distribution)).toEqual({ family, name })
})
