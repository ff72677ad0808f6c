/** Every page, with the tabs of a machine and the steps of the wizard, by what it shows. */
export function pagesOf(account: string, machine: { id: number; name: string }) {
  const group = `/accounts/${account}/groups/default`
  const machines = `${group}/virtual_machines`
  const tab = (name: string) => `${machines}/${machine.id}?tab=${name}`
  const step = (name: string) => `${group}/vm_create?step=${name}`
  return {
    'sign in': '/sign-in',
    home: '/',
    account: `/accounts/${account}`,
    'all machines': `/accounts/${account}/virtual_machines`,
    machines,
    'machines sorted': `${machines}?sort=-address&q=w&deleted=1`,
    'machines timeline': `${machines}?timeline=24h`,
    'deleted machines': `${machines}?deleted=only`,
    'machine overview': tab('overview'),
    'machine discs': tab('discs'),
    'machine network': tab('network'),
    'machine keys': tab('keys'),
    'machine privileges': tab('privileges'),
    'machine settings': tab('settings'),
    'machine by name': `${machines}/${machine.name}`,
    'wizard machine': step('machine'),
    'wizard discs': step('discs'),
    'wizard image': step('image'),
    'wizard review': step('review'),
    'account privileges': `/accounts/${account}/privileges`,
    'group privileges': `${group}/privileges`,
    'own privileges': '/privileges',
    activity: '/activity',
    platform: '/platform',
    'SSH keys': '/keys',
    'not found': '/nothing-here',
  }
}
