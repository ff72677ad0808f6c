import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NOTHING_HELD, record, type KeyEvent } from './keys.ts'
import { SENDKEYS } from './testing/names.ts'

const event = (text: string): KeyEvent => {
  const [, sign, code = '', key = '', at = '0'] = /^([+-])(\w*)(?:\/(\w+))?(?:@(\d+))?$/.exec(text) ?? []
  return { type: sign === '+' ? 'down' : 'up', code, key, repeat: false, at: Number(at) }
}

/** Records events and returns the chords, the problems and the modifiers still held. */
function recorded(events: readonly KeyEvent[]) {
  let recording = NOTHING_HELD
  const presses: string[] = []
  const problems: string[] = []
  for (const each of events) {
    const next = record(recording, each, SENDKEYS)
    recording = next.recording
    if (next.press !== undefined) presses.push(next.press)
    if (next.problem !== undefined) problems.push(next.problem)
  }
  return { presses, problems, held: recording.held.map(({ name }) => name) }
}
/** Records events written as "+ControlLeft -ControlLeft". */
const after = (events: string) => recorded(events.split(' ').map(event))

test.each([
  ['+KeyA -KeyA', ['a']],
  ['+ShiftLeft +KeyA -KeyA -ShiftLeft', ['shift-a']],
  ['+ControlLeft +AltLeft +Delete -Delete -AltLeft -ControlLeft', ['ctrl-alt-delete']],
  ['+ControlLeft +KeyC -KeyC +KeyD -KeyD -ControlLeft', ['ctrl-c', 'ctrl-d']],
  ['+AltLeft -AltLeft', ['alt']],
  ['+ControlLeft +AltLeft -AltLeft -ControlLeft', ['ctrl-alt']],
  ['+ControlRight +F12 -F12 -ControlRight', ['ctrl_r-f12']],
  [
    '+IntlBackslash -IntlBackslash +Numpad7 +NumpadEnter +ContextMenu +Space +ArrowUp',
    ['<', 'kp_7', 'kp_enter', 'menu', 'spc', 'up'],
  ],
  // On Windows, AltGr also sends a left Ctrl.
  ['+ControlLeft@100 +AltRight/AltGraph@100 +KeyQ -KeyQ -ControlLeft -AltRight', ['alt_r-q']],
  ['+ControlLeft@100 +AltRight/AltGraph@900 +KeyQ', ['ctrl-alt_r-q']],
])('a recording of the key events %s is %j', (events, presses) => {
  expect(after(events)).toMatchObject({ presses, problems: [] })
})

test('a recording contains a key that is held down only once', () => {
  const held = { ...event('+KeyA'), repeat: true }
  expect(recorded([event('+KeyA'), held, held]).presses).toEqual(['a'])
})

test.each([
  ['+Semicolon', 'BigV can’t send the key right of L (semicolon on a US keyboard).'],
  ['+MetaLeft -MetaLeft', 'BigV can’t send the Windows or Command key.'],
  ['+', 'Your browser didn’t report which key that was.'],
  ['+F24', 'BigV can’t send the key f24.'],
])('a recording reports a problem with %s: %s', (events, problem) => {
  expect(after(events)).toEqual({ presses: [], problems: [problem], held: [] })
})

test('a recording leaves out modifiers that were held only with a key unknown to BigV', () => {
  expect(after('+ShiftLeft +Semicolon -Semicolon -ShiftLeft').presses).toEqual([])
})

test('a recording never throws, and uses only key names from the definitions', () => {
  const code = fc.oneof(
    fc.constantFrom(
      'ShiftLeft',
      'AltRight',
      'ControlLeft',
      'KeyA',
      'Quote',
      'MetaLeft',
      'Digit4',
      'toString',
    ),
    fc.string(),
  )
  const events = fc.record({
    type: fc.constantFrom('down' as const, 'up' as const),
    code,
    key: fc.constantFrom('AltGraph', 'a'),
    repeat: fc.boolean(),
    at: fc.nat(),
  })
  fc.assert(
    fc.property(fc.array(events), (list) => {
      for (const press of recorded(list).presses) {
        for (const key of press.split('-')) expect(SENDKEYS).toContain(key)
      }
    }),
  )
})
