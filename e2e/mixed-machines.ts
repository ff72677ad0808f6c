/** Machines that differ in every column, in two groups. */
export const MIXED = {
  groups: ['staging', 'empty'],
  machines: [
    // Created in this order, so that neither IDs nor BigV's order match the names.
    { name: 'web10', power_on: true, cores: 1, memory: 4096, hardware_profile: 'virtio2013' },
    { name: 'web2', cores: 4, memory: 1536, hardware_profile: 'compatibility2013' },
    { name: 'db1', power_on: true, cores: 1, memory: 512, hardware_profile: 'virtio2012' },
    { name: 'Apache', cores: 16, memory: 16384, hardware_profile: 'virtio2013' },
    { name: 'web1', cores: 2, deleted: true },
    { name: 'try1', group: 'staging' },
  ],
}
