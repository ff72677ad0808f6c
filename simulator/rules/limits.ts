import { rule } from './rule.ts'

/** Numbers and names that limit what a request may ask for. */
export const limits = {
  cores: rule(7, ['choice'], 'Cores of a machine', { min: 1, max: 64 }),
  memory: rule(7, ['choice'], 'Memory of a machine in MiB', { min: 64, max: 1024 * 1024 }),
  defaultSpec: rule(7, ['client', 'choice'], 'What a machine has when it is not said', {
    cores: 1,
    memory: 1024,
    hardware_profile: 'virtio2013',
  }),
  machineName: rule(
    7,
    ['choice'],
    'A machine name is one label of a host name: letters, digits and dashes',
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i,
  ),
  groupName: rule(
    6,
    ['choice'],
    'A group or account name has neither dots, slashes nor control characters',
    /^(?! )[^\p{Cc}./]{1,63}(?<! )$/u,
    'Dots part the names in a host name; a space may stand in a path as "+", so names may have one [client]',
  ),
  machineNamesUniqueIn: rule(
    7,
    ['seed', 'fog'],
    'A machine name is unique while it exists, deleted or not, and free again after a purge',
    'group',
    'Unique in the account, says fog; but the host name, which must be unique, has the group in it',
  ),
  discsPerMachine: rule(8, ['docs'], 'Discs of a machine at most', 8),
  discSize: rule(
    8,
    ['docs', 'fixture'],
    'Size of a disc in MiB: 50 MiB to 2 TiB',
    { min: 50, max: 2 * 1024 * 1024 },
    'Bytes, says the prose; MiB, say its own examples and every client',
  ),
  discLabel: rule(
    8,
    ['docs', 'official'],
    'A disc label is any text',
    { max: 255 },
    'Labels like vda are refused by later documents, but sent by fog and used in the older ones: taken',
  ),
  defaultStorageGrade: rule(8, ['docs'], 'Storage grade of a disc when it is not said', 'sata'),
  extraAddresses: rule(
    9,
    ['docs', 'choice'],
    'Extra IPv4 addresses of a NIC at most (number not published)',
    16,
  ),
  otpMaxAge: rule(2, ['docs'], 'Seconds for which an OTP may be replayed, unless the privilege says', 900),
  sessionAge: rule(2, ['official'], 'Seconds for which a session is good after its issue and each use', 300),
  body: rule(1, ['choice'], 'Bytes of a request body at most', 1024 * 1024),
  username: rule(10, ['docs', 'fixture'], 'A user name has letters and digits, three or more', {
    pattern: /^[a-z0-9]*$/i,
    min: 3,
  }),
} as const
