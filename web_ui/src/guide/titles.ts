/** The steps' names on screen. */
import type { StepName } from './steps'

export const TITLES: Record<StepName, string> = {
  'sign-in': 'Sign in to your office',
  office: 'Connect to your office',
  folder: 'Choose a folder',
  portal: 'Log in to the job portal',
  sending: 'What goes to the office',
  download: 'The first download',
}
