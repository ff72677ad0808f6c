import { DEAD, keysOf, type KeyboardLayout } from './layout.ts'

// The levels: alone, with shift, with AltGr, with both. On AltGr stands what Linux and Windows agree about.

const enGb: KeyboardLayout = {
  name: 'en-gb',
  label: 'English (UK)',
  keys: keysOf({
    digits: ['`1234567890-=', '¬!"£$%^&*()_+', '    €'],
    upper: ['qwertyuiop[]', 'QWERTYUIOP{}'],
    home: ["asdfghjkl;'#", 'ASDFGHJKL:@~'],
    lower: ['\\zxcvbnm,./', '|ZXCVBNM<>?'],
  }),
}

// What its 102nd key types differs: < on Linux, \ on Windows. US keyboards do not have it.
const enUs: KeyboardLayout = {
  name: 'en-us',
  label: 'English (US)',
  keys: keysOf({
    digits: ['`1234567890-=', '~!@#$%^&*()_+'],
    upper: ['qwertyuiop[]', 'QWERTYUIOP{}'],
    home: ["asdfghjkl;'\\", 'ASDFGHJKL:"|'],
    lower: [' zxcvbnm,./', ' ZXCVBNM<>?'],
  }),
}

const de: KeyboardLayout = {
  name: 'de',
  label: 'German',
  keys: keysOf({
    digits: [`${DEAD}^1234567890ß${DEAD}´`, `°!"§$%&/()=?${DEAD}\``, '  ²³   {[]}\\'],
    upper: ['qwertzuiopü+', 'QWERTZUIOPÜ*', '@ €        ~'],
    home: ['asdfghjklöä#', "ASDFGHJKLÖÄ'"],
    lower: ['<yxcvbnm,.-', '>YXCVBNM;:_', '|      µ'],
  }),
}

const fr: KeyboardLayout = {
  name: 'fr',
  label: 'French',
  keys: keysOf({
    digits: ['²&é"\'(-è_çà)=', ' 1234567890°+', '  ~#{[|`\\^@]}'],
    upper: [`azertyuiop${DEAD}^$`, `AZERTYUIOP${DEAD}¨£`, '  €        ¤'],
    home: ['qsdfghjklmù*', 'QSDFGHJKLM%µ'],
    lower: ['<wxcvbn,;:!', '>WXCVBN?./§'],
  }),
}

/** The layouts that text can be typed under. */
export const LAYOUTS: readonly KeyboardLayout[] = [enGb, enUs, de, fr]

/** Takes a machine's keymap and returns its layout, or the one of the UK, where BigV is; `known` says which it is. */
export function layoutFor(keymap: string | null | undefined): { layout: KeyboardLayout; known: boolean } {
  const layout = LAYOUTS.find(({ name }) => name === keymap)
  return { layout: layout ?? enGb, known: layout !== undefined }
}
