import { json, type Answer } from '../http/app.ts'

// docs/bigv-api.md#11-definitions

const words = (text: string): string[] => text.split(' ')

/** The values that requests may use, in the order of the documents. */
export const definitions = {
  distributions: words(
    'centos-5.8 centos-6.3 oneiric precise squeeze symbiosis wheezy winweb2k8r2 winstd2012',
  ),
  storage_grades: words('archive sata ssd sas'),
  hardware_profiles: words('virtio2011 compatibility2011 virtio2013 compatibility2013'),
  keymaps: words(
    'ar de-ch es fo fr-ca hu ja mk no pt-br sv da en-gb et fr fr-ch is lt nl pl ru th de en-us fi fr-be hr it lv ' +
      'nl-be pt sl tr',
  ),
  sendkeys: words(
    'shift shift_r alt alt_r altgr altgr_r ctrl ctrl_r menu esc 1 2 3 4 5 6 7 8 9 0 minus equal backspace tab q w e r ' +
      't y u i o p ret a s d f g h j k l z x c v b n m comma dot slash asterisk spc caps_lock f1 f2 f3 f4 f5 f6 f7 ' +
      'f8 f9 f10 num_lock scroll_lock kp_divide kp_multiply kp_subtract kp_add kp_enter kp_decimal sysrq kp_0 kp_1 ' +
      'kp_2 kp_3 kp_4 kp_5 kp_6 kp_7 kp_8 kp_9 < f11 f12 print home pgup pgdn end left up down right insert delete',
  ),
  zone_names: words('manchester york'),
}

/** Needed by the official client, which lists only distributions and storage grades that have a description. */
const descriptions = {
  distribution_descriptions: {
    'centos-5.8': 'CentOS 5.8',
    'centos-6.3': 'CentOS 6.3',
    oneiric: 'Ubuntu 11.10 (Oneiric Ocelot)',
    precise: 'Ubuntu 12.04 LTS (Precise Pangolin)',
    squeeze: 'Debian 6 (Squeeze)',
    symbiosis: 'Bytemark Symbiosis (on Debian Squeeze)',
    wheezy: 'Debian 7 (Wheezy)',
    winweb2k8r2: 'Windows Web Server 2008 R2',
    winstd2012: 'Windows Server 2012 Standard',
  },
  storage_grade_descriptions: {
    archive: 'Cheap and slow: RAID 6',
    sata: 'The usual: RAID 10',
    ssd: 'Fastest: solid state',
    sas: 'Faster: SAS discs',
  },
}

const answer = json(
  200,
  Object.entries({ ...definitions, ...descriptions }).map(([id, data]) => ({ id, data })),
)

/** GET /definitions: answers without credentials, too. */
export const listDefinitions = (): Answer => answer
