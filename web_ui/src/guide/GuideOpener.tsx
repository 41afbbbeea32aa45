/** Opens the guide by itself at the very first start, and never again once it was left. */
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { ScreenName } from '../shell/Shell'
import { isUntouched } from './steps'
import { guideWasLeft, useSetUp } from './useSetUp'

export function GuideOpener({ screen }: { screen: ScreenName }) {
  const navigate = useNavigate()
  const setUp = useSetUp()
  const opens = screen === 'download' && setUp !== null && isUntouched(setUp)
  useEffect(() => {
    if (opens && !guideWasLeft()) void navigate({ to: '/guide', replace: true })
  }, [opens, navigate])
  return null
}
