import { createElement as h, type ReactElement } from 'react'
import { bind } from '../actions/action.ts'
import { change } from '../actions/hardware.ts'
import { simpleActions } from '../actions/index.ts'
import { rescue } from '../actions/rescue.ts'
import { definitionQueries } from '../api/definitions.ts'
import { isValidSegment } from '../api/path.ts'
import { fetchPrivileges, type Privilege } from '../api/privileges.ts'
import { queryClient } from '../api/query-client.ts'
import { CREDENTIALS } from '../api/testing/calls.ts'
import { fetchUser, type User } from '../api/users.ts'
import { fetchMachine, type MachineData } from '../api/virtual-machines.ts'
import { Palette } from '../app/palette/palette.tsx'
import { SignInAgain } from '../app/shell/sign-in-again.tsx'
import { ConfirmDialog } from '../components/actions/confirm-dialog.tsx'
import { DeleteDialog, NameDialog } from '../features/account/group-dialogs.tsx'
import { ActivityDrawer } from '../features/activity/drawer.tsx'
import { BatchesPanel } from '../features/bulk/batches-panel.tsx'
import { BulkDialog } from '../features/bulk/bulk-dialog.tsx'
import { newValues } from '../features/create/form/form-values.ts'
import { ExportDialog } from '../features/create/import-export/dialogs.tsx'
import { SavedDialog } from '../features/machine-list/search/search-dialogs.tsx'
import { KeyQuestionDialog } from '../features/keys/key-question.tsx'
import { BackupDisc, ScheduleBackups } from '../features/machine/discs/backups.tsx'
import { AddDisc, ChangeDisc, MoveDisc, PurgeDisc } from '../features/machine/discs/disc-dialogs.tsx'
import { RequestAddresses, ReverseDns, SwapAddresses } from '../features/machine/network/address-dialogs.tsx'
import { MoveDialog } from '../features/machine-list/table/move-dialog.tsx'
import { PlanDialog } from '../features/plan/plan-dialog.tsx'
import { PrivilegeForm } from '../features/privileges/privilege-form.tsx'
import { RevokePrivilege } from '../features/privileges/privilege-list.tsx'
import { ReimageDialog, ReimageDone } from '../features/reimage/reimage-dialog.tsx'
import { GroupTimeline } from '../features/timeline/group-timeline.tsx'
import { RemoveKey } from '../features/ssh-keys/page.tsx'
import { newItem } from '../operations/batch/batch.ts'
import { REF } from './render-page.ts'

/** The data for the dialogs' props: fetched data, and a text that stands for every name that a BigV user may choose. */
export interface DialogData {
  machine: MachineData
  privilege: Privilege
  user: User
  text: string
}

const onClose = () => {}

/** Every dialog, by the file that contains it. */
export const DIALOGS: Record<string, (given: DialogData) => ReactElement[]> = {
  'features/activity/drawer.tsx': () => [h(ActivityDrawer, { onClose })],
  'features/bulk/bulk-dialog.tsx': ({ machine: { vm }, text }) => {
    const candidates = [
      { ref: REF, id: vm.id, name: vm.name, vm },
      { ref: { ...REF, group: text }, id: 8, name: text, vm: null },
    ]
    return (['start', 'purge'] as const).map((action) =>
      h(BulkDialog, { request: { action: simpleActions[action], candidates, retry: null }, onClose }),
    )
  },
  'features/bulk/batches-panel.tsx': ({ text, machine: { vm } }) => {
    const decidedOn = { name: vm.name, power_on: vm.power_on, autoreboot_on: vm.autoreboot_on }
    const items = [
      newItem(REF, vm.id, vm.name, decidedOn),
      { ...newItem(REF, 8, text, decidedOn), phase: 'ended', result: 'refused', note: text } as const,
    ]
    const batch = { key: 'r', username: text, action: 'stop', rolling: false, atOnce: 4 } as const
    return [
      h(BatchesPanel, {
        batches: [{ ...batch, items, state: 'paused', why: text, begunAt: 1, endedAt: null }],
        opened: null,
        onClose,
      }),
    ]
  },
  'features/machine-list/table/move-dialog.tsx': ({ machine }) => [
    h(MoveDialog, { group: REF, machine, onClose }),
  ],
  'features/machine-list/search/search-dialogs.tsx': ({ text }) => [h(SavedDialog, { query: text, onClose })],
  'app/palette/palette.tsx': () => [h(Palette, { account: 'acme', onClose })],
  'components/actions/confirm-dialog.tsx': ({ machine }) =>
    Object.values(simpleActions).map((action) => h(ConfirmDialog, { action, group: REF, machine, onClose })),
  'features/privileges/privilege-form.tsx': ({ privilege, text }) =>
    [privilege, null].map((of) =>
      h(PrivilegeForm, { place: place(text), scope: { account: 1 }, own: null, privilege: of, onClose }),
    ),
  'features/privileges/privilege-list.tsx': ({ privilege, text }) => [
    h(RevokePrivilege, { place: place(text), own: null, privilege, onClose }),
  ],
  'app/shell/sign-in-again.tsx': ({ text }) => [
    h(SignInAgain, {
      why: 'expired',
      credentials: { ...CREDENTIALS, username: text },
      remembered: false,
      onClose,
      onSignOut: onClose,
    }),
  ],
  'features/account/group-dialogs.tsx': ({ text }) => [
    h(DeleteDialog, { account: 'acme', group: { id: 2, name: text }, onClose }),
    h(NameDialog, { account: 'acme', group: { id: 2, name: text }, names: [text, 'default'], onClose }),
  ],
  'features/ssh-keys/page.tsx': ({ user, text }) => [
    h(RemoveKey, { user, remove: { line: text, type: '', blob: '', comment: text }, onClose }),
  ],
  'features/machine/discs/backups.tsx': (given) => [
    h(BackupDisc, { ...ofDisc(given), onClose }),
    h(ScheduleBackups, { ...ofDisc(given), onClose }),
  ],
  'features/machine/discs/disc-dialogs.tsx': (given) => [
    h(AddDisc, { group: REF, machine: given.machine, onClose }),
    h(ChangeDisc, { ...ofDisc(given), onClose }),
    h(MoveDisc, { ...ofDisc(given), boots: true, onClose }),
    h(PurgeDisc, { ...ofDisc(given), boots: true, onClose }),
  ],
  'features/machine/network/address-dialogs.tsx': ({ machine, text }) => {
    const nic = machine.vm.network_interfaces?.[0] ?? { id: 6, ips: [text], mac: text, vlan_num: 1 }
    return [
      h(RequestAddresses, { group: REF, machine, nic, onClose }),
      // The address must fit in a URL path: the page opens this dialog only once it has fetched the address's name.
      h(ReverseDns, {
        group: REF,
        machine,
        address: isValidSegment(text) ? text : '192.0.2.2',
        onClose,
      }),
      h(SwapAddresses, { group: REF, machine, onClose }),
    ]
  },
  'features/plan/plan-dialog.tsx': ({ machine, text }) => {
    const plan = { group: REF, machine, onClose }
    const attributes = { name: text, cores: -1, hardware_profile: text }
    return [
      h(PlanDialog, { ...plan, bound: bind(rescue) }),
      h(PlanDialog, {
        ...plan,
        bound: bind(change, { attributes, movesTo: isValidSegment(text) ? text : null }),
      }),
    ]
  },
  'features/reimage/reimage-dialog.tsx': ({ machine, text }) => [
    h(ReimageDialog, { group: REF, machine, onClose }),
    h(ReimageDone, { name: text, password: 'a', planned: true, onClose }),
  ],
  'features/keys/key-question.tsx': ({ text }) => [
    h(KeyQuestionDialog, { id: 7, machine: text, combination: 'Ctrl+Alt+Del', onSend: onClose, onClose }),
  ],
  'features/timeline/group-timeline.tsx': ({ machine: { vm }, text }) => [
    h(GroupTimeline, {
      what: text,
      rows: [{ group: { ...REF, group: text }, vm }],
      range: text,
      onRange: onClose,
      onClose,
    }),
  ],
  'features/create/import-export/dialogs.tsx': ({ text }) => {
    const values = { ...newValues(), name: text, zone_name: text, distribution: text }
    const definitions = queryClient.getQueryData(definitionQueries.all().queryKey)
    return [h(ExportDialog, { group: { ...REF, group: text }, values, definitions, onClose })]
  },
}

/** Files whose dialogs show no name, and files that contain only parts of other dialogs. */
export const WITHOUT_NAMES = [
  'components/form-dialog.tsx',
  'features/machine-list/table/table-dialogs.tsx',
  'features/create/navigation.tsx',
  'features/timeline/keep-setting.tsx',
  'ui/toast-items.tsx',
]

const place = (name: string) => ({ at: { account: 'acme' }, scope: null, name })

function ofDisc({ machine, text }: DialogData) {
  const disc = machine.vm.discs?.[0] ?? { id: 5, label: text, size: -1, storage_grade: text }
  return { group: REF, machine, disc }
}

/** Fetches the data for dialogs; throws if an answer doesn't match its schema. */
export async function fetchDialogData(text: string): Promise<DialogData> {
  const [machine, [privilege], user] = await Promise.all([
    fetchMachine(REF, 7),
    fetchPrivileges('/privileges'),
    fetchUser('demo'),
  ])
  if (privilege === undefined) throw new Error('The answer has no privilege.')
  return { machine, privilege, user, text }
}
