import { useNavigate } from 'react-router'
import { signOutEverywhere } from '../../session/tabs.ts'

/** Returns what signs the user out, in every tab, and leads to the sign-in page. */
export function useSignOut(): () => void {
  const navigate = useNavigate()
  return () => {
    signOutEverywhere()
    void navigate('/sign-in')
  }
}
