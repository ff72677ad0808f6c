import { useLayoutEffect, useRef, type RefObject } from 'react'
import type { Store } from '../../../lib/store.ts'
import { extend, toggle, type Selection } from './selection.ts'
import type { useVisibleRows } from './visible-rows.ts'

/** The id of the machine in the current row. Tab reaches only this row. */
export type Current = Store<number | null>

/** True if this machine's row is the current one. Re-renders only when the result changes. */
export function useIsCurrent(current: Current, id: number): boolean {
  return current.use((now) => now === id)
}

/** The ids of the machines whose rows the pointer and the focus are on. Such a row shows one action before its menu. */
export interface Pointed {
  under: number | null
  focused: number | null
}

export const NOT_POINTED: Pointed = { under: null, focused: null }

/** True if the pointer is on this machine's row, or the focus was there last. Re-renders only when the result changes. */
export function useIsPointed(pointed: Store<Pointed>, id: number): boolean {
  return pointed.use(({ under, focused }) => under === id || focused === id)
}

interface Table {
  body: RefObject<HTMLElement | null>
  ids: readonly number[]
  current: Current
  pointed: Store<Pointed>
  selection: Selection
  visible: Pick<ReturnType<typeof useVisibleRows>, 'page' | 'reveal' | 'firstInWindow'>
}

const CONTROLS = ['name', 'box', 'action', 'menu', 'undelete', 'purge'] as const
type Control = (typeof CONTROLS)[number]

/**
 * The list's keyboard shortcuts. Focus stays on its machine when the list changes, and moves to the neighbour if the machine leaves the
 * list.
 */
export function useRowKeys(table: Table): void {
  const latest = useRef(table)
  // `at` is the row with the focus; `wanted` is the row to focus once it is rendered.
  const at = useRef<{ id: number; index: number } | null>(null)
  const wanted = useRef<{ id: number; control: Control } | null>(null)

  useLayoutEffect(() => {
    latest.current = table
    const { ids, current, body } = table
    const now = current.get()
    const index = now === null ? -1 : ids.indexOf(now)
    if (index === -1) current.set(ids[Math.min(at.current?.index ?? 0, ids.length - 1)] ?? null)
    if (at.current !== null) {
      const index = ids.indexOf(at.current.id)
      if (index !== -1) at.current.index = index
      else {
        const lost = document.activeElement === null || document.activeElement === document.body
        const next = ids[Math.min(at.current.index, ids.length - 1)]
        at.current = null
        if (lost && next !== undefined) wanted.current = { id: next, control: 'name' }
      }
    }
    const go = wanted.current
    if (go === null) return
    const control = controlIn(body.current, go)
    if (!control) return
    wanted.current = null
    control.focus({ preventScroll: true })
  })

  useLayoutEffect(() => {
    const body = latest.current.body.current
    const rowOf = (target: EventTarget | null) => {
      const row = target instanceof Element ? target.closest<HTMLElement>('[data-id]') : null
      return row !== null && body?.contains(row) ? Number(row.dataset['id']) : null
    }
    const onFocusIn = ({ target }: FocusEvent) => {
      const id = rowOf(target)
      if (id === null) return
      // The focus has arrived, or the user has moved it elsewhere. Either way, the next render must not move it back.
      wanted.current = null
      at.current = { id, index: latest.current.ids.indexOf(id) }
      latest.current.current.set(id)
      latest.current.pointed.set((now) => ({ ...now, focused: id }))
    }
    const onPointerOver = ({ target }: PointerEvent) => {
      const under = rowOf(target)
      latest.current.pointed.set((now) => (now.under === under ? now : { ...now, under }))
    }
    const onPointerLeave = () => latest.current.pointed.set((now) => ({ ...now, under: null }))
    const onFocusOut = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget instanceof Element && rowOf(relatedTarget) === null) at.current = null
    }
    const move = (event: KeyboardEvent, to: number, from: number) => {
      const { ids, current, pointed, selection, visible } = latest.current
      const index = Math.max(0, Math.min(ids.length - 1, to))
      const id = ids[index]
      if (id === undefined) return
      event.preventDefault()
      if (event.shiftKey && from !== -1) {
        const start = ids[from]
        if (selection.get().anchor === null && start !== undefined) toggle(selection, start)
        extend(selection, ids, id)
      }
      wanted.current = { id, control: controlOf(event.target) }
      visible.reveal(index)
      pointed.set((now) => ({ ...now, focused: id }))
      if (current.get() === id) focusNow(body, wanted.current)
      current.set(id)
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        isElsewhere(event.target)
      )
        return
      const { ids, selection, visible } = latest.current
      const focused = rowOf(event.target)
      const from = focused === null ? -1 : ids.indexOf(focused)
      const step = STEPS[event.key.length === 1 ? event.key.toLowerCase() : event.key]
      if (step !== undefined) {
        const letter = event.key.length === 1
        // Outside the rows, arrows scroll the page.
        if (from === -1 && !letter) return
        move(event, from === -1 ? visible.firstInWindow() : step(from, visible.page, ids.length), from)
      } else if (event.key.toLowerCase() === 'x' && focused !== null) {
        event.preventDefault()
        if (event.shiftKey) extend(selection, ids, focused)
        else toggle(selection, focused)
      } else if (event.key === 'Enter' && focused !== null && controlOf(event.target) === 'box') {
        event.preventDefault()
        body?.querySelector<HTMLElement>(`[data-id="${focused}"] [data-control="name"]`)?.click()
      }
    }
    body?.addEventListener('focusin', onFocusIn)
    body?.addEventListener('focusout', onFocusOut)
    body?.addEventListener('pointerover', onPointerOver)
    body?.addEventListener('pointerleave', onPointerLeave)
    document.addEventListener('keydown', onKeyDown)
    return () => {
      body?.removeEventListener('focusin', onFocusIn)
      body?.removeEventListener('focusout', onFocusOut)
      body?.removeEventListener('pointerover', onPointerOver)
      body?.removeEventListener('pointerleave', onPointerLeave)
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [])
}

const STEPS: Record<string, (from: number, page: number, count: number) => number> = {
  j: (from) => from + 1,
  k: (from) => from - 1,
  ArrowDown: (from) => from + 1,
  ArrowUp: (from) => from - 1,
  PageDown: (from, page) => from + page,
  PageUp: (from, page) => from - page,
  Home: () => 0,
  End: (_from, _page, count) => count - 1,
}

function controlOf(target: EventTarget | null): Control {
  const control = target instanceof HTMLElement ? target.dataset['control'] : undefined
  return CONTROLS.find((each) => each === control) ?? 'name'
}

function focusNow(body: HTMLElement | null, wanted: { id: number; control: Control }): void {
  controlIn(body, wanted)?.focus({ preventScroll: true })
}

/** The control in its row, once that is rendered. A row without an action has its menu in that place. */
function controlIn(
  body: HTMLElement | null,
  { id, control }: { id: number; control: Control },
): HTMLElement | null {
  const find = (each: Control) =>
    body?.querySelector<HTMLElement>(`[data-id="${id}"] [data-control="${each}"]`) ?? null
  return find(control) ?? (control === 'action' ? find('menu') : null)
}

/** Moves the focus to the first row, from elsewhere on the page. False if the list has no rows. */
export function focusFirstRow(): boolean {
  const name =
    document.querySelector<HTMLElement>(
      // The row below the header or the first heading.
      ':is([data-id][aria-rowindex="2"], [aria-rowindex="2"]:not([data-id]) + [data-id]) [data-control="name"]',
    ) ??
    // The list is scrolled so far that only the current row is rendered besides those on screen.
    document.querySelector<HTMLElement>('[data-id] [data-control="name"][tabindex="0"]')
  name?.focus()
  return name !== null
}

function isElsewhere(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest(
      'input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=alertdialog], [role=menu]',
    ) !== null
  )
}
