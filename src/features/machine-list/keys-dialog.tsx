import { Dialog } from '../../ui/dialog.tsx'
import { Kbd } from '../../ui/tag.tsx'

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['/'], 'goes to the search; Esc clears it'],
  [['j', '↓'], 'to the next machine'],
  [['k', '↑'], 'to the one before'],
  [['Page Down', 'Page Up'], 'a page on, a page back'],
  [['Home', 'End'], 'to the first machine, to the last'],
  [['x'], 'selects the machine, or lets it go'],
  [['Shift'], 'with any of these, or a click, selects from the last to this one'],
  [['Enter'], 'opens the machine'],
  [['Tab'], 'to the controls of its row: box, name, actions'],
  [['Ctrl K', '⌘K'], 'goes to any machine, group or page'],
  [['?'], 'shows this'],
]

export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Keys of this list"
      description="Arrows, pages, Home and End scroll the page until a row has the focus."
      width="small"
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-2">
        {KEYS.map(([keys, does]) => (
          <div key={does} className="contents">
            <dt className="flex gap-1.5">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
