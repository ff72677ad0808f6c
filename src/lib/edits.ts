/** A field that the user has edited: the value they entered, and the current value that they saw when they began. */
interface Edit<V> {
  value: V
  seen: V
}

/** A form's edited fields. All others follow the current values. */
export type Edits<T> = { readonly [K in keyof T]?: Edit<T[K]> }

/** A form's values: the current ones, except where the user has edited them. */
export function editedValues<T extends object>(edits: Edits<T>, current: T): T {
  const values = { ...current }
  for (const name of namesOf(edits)) values[name] = editOf(edits, current, name)?.value ?? current[name]
  return values
}

/** True if saving would write the field. */
export function isEdited<T extends object>(edits: Edits<T>, current: T, name: keyof T): boolean {
  return editOf(edits, current, name) !== null
}

/** True for an edited field whose current value is no longer the one that the user saw: saving would overwrite someone's change. */
export function isChangedElsewhere<T extends object>(edits: Edits<T>, current: T, name: keyof T): boolean {
  const edit = editOf(edits, current, name)
  return edit !== null && edit.seen !== current[name]
}

/** Adds the user's input. Further input in an edited field doesn't count as having seen a newer current value. */
export function edit<T extends object>(edits: Edits<T>, current: T, input: Partial<T>): Edits<T> {
  const next: { [K in keyof T]?: Edit<T[K]> } = { ...edits }
  for (const name of namesOf(input)) {
    const value = input[name] as T[typeof name]
    const before = value === current[name] ? null : editOf(edits, current, name)
    next[name] = { value, seen: before === null ? current[name] : before.seen }
  }
  return next
}

/** The field's edit; null if there is none, or if the input is what the user saw or what is current now. */
function editOf<T extends object, K extends keyof T>(
  edits: Edits<T>,
  current: T,
  name: K,
): Edit<T[K]> | null {
  const edit = edits[name]
  return edit === undefined || edit.value === edit.seen || edit.value === current[name] ? null : edit
}

/** The edits that are left once `sent` is saved: those made since. */
export function editsSince<T extends object>(edits: Edits<T>, sent: Edits<T>): Edits<T> {
  const left: { [K in keyof T]?: Edit<T[K]> } = {}
  for (const name of namesOf(edits)) {
    const now = edits[name]
    const saved = sent[name]
    if (saved === undefined) left[name] = now
    else if (now !== undefined && now.value !== saved.value) left[name] = { ...now, seen: saved.value }
  }
  return left
}

/** True if the user would lose input by closing the form. */
export function hasEdits<T extends object>(edits: Edits<T>): boolean {
  return namesOf(edits).some((name) => edits[name]?.value !== edits[name]?.seen)
}

function namesOf<T extends object>(of: T): (keyof T)[] {
  return Object.keys(of) as (keyof T)[]
}
