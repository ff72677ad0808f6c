import { X } from 'lucide-react'
import { IconButton } from '../../ui/icon-button.tsx'
import { Button } from '../../ui/button.tsx'
import {
  combinationReason,
  forgetCombination,
  savedCombinations,
  USUAL,
  type Combination,
} from './combinations.ts'
import { KeyRow, OnScreenKeyboard } from './on-screen-keyboard.tsx'

interface Props {
  names: readonly string[]
  onPress: (presses: readonly string[]) => void
}

/** Presses by hand: the usual combinations, those that were saved, and a keyboard. */
export function PressKeys({ names, onPress }: Props) {
  const saved = savedCombinations.use()
  const known = new Set(names)
  return (
    <div className="grid gap-4">
      <KeyRow
        label="Combinations"
        keys={USUAL.map((each) => ({
          name: each.name,
          disabledReason: combinationReason(each, known),
          onPress: () => onPress(each.presses),
        }))}
      />
      {saved.length > 0 && (
        <div>
          <p className="mb-1.5 text-xs font-semibold text-muted">Saved in this browser</p>
          <ul aria-label="Saved combinations" className="flex flex-wrap gap-x-3 gap-y-1.5">
            {saved.map((each) => (
              <Saved key={each.name} combination={each} known={known} onPress={onPress} />
            ))}
          </ul>
        </div>
      )}
      <OnScreenKeyboard names={names} onPress={(press) => onPress([press])} />
    </div>
  )
}

interface SavedProps {
  combination: Combination
  known: ReadonlySet<string>
  onPress: Props['onPress']
}

function Saved({ combination, known, onPress }: SavedProps) {
  return (
    <li className="flex items-center">
      <Button
        size="small"
        disabledReason={combinationReason(combination, known)}
        onClick={() => onPress(combination.presses)}
      >
        {combination.name}
        <span className="font-mono text-2xs font-normal text-muted">{combination.presses.join(' ')}</span>
      </Button>
      <IconButton
        label={`Forget ${combination.name}`}
        size="small"
        onClick={() => forgetCombination(combination.name)}
      >
        <X size={14} aria-hidden />
      </IconButton>
    </li>
  )
}
