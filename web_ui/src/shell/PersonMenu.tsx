/** Who is signed in, and what is theirs to choose. */
import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useMaySeeOperations } from '../operations/OperationsScreen'
import { useMaySeePeople } from '../people/PeopleScreen'
import { useToasts } from '../undo/ToastShelf'
import { DoneIcon, PersonIcon } from './icons'
import { useKeyListOverlay } from './overlays'
import { useMe, useSession } from './session'
import styles from './shell.module.css'

const SCHEMES = [
  { value: 'auto', words: 'As the system' },
  { value: 'light', words: 'Light' },
  { value: 'dark', words: 'Dark' },
] as const

export function PersonMenu({ onSignIn }: { onSignIn(): void }) {
  const me = useMe()
  const { signOut, signedIn } = useSession()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const navigate = useNavigate()
  const toasts = useToasts()
  const { open: openKeys } = useKeyListOverlay()
  const maySeeOperations = useMaySeeOperations()
  const mayAdminister = useMaySeePeople()
  return (
    <Menu position="bottom-end" width={250} shadow="md" withinPortal>
      <Menu.Target>
        <UnstyledButton className={styles.person} aria-label={me ? `${me.full_name}: menu` : 'Menu'}>
          <PersonIcon />
          <span className={styles.personName}>{me?.full_name ?? 'Not signed in'}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {me && (
          <Menu.Label>
            {me.organisation_name} · {me.role}
            <br />
            {me.email}
          </Menu.Label>
        )}
        <Menu.Item onClick={() => void navigate({ to: '/settings' })}>Settings</Menu.Item>
        {maySeeOperations && (
          <Menu.Item onClick={() => void navigate({ to: '/operations' })}>Operations</Menu.Item>
        )}
        {mayAdminister && (
          <Menu.Item onClick={() => void navigate({ to: '/people' })}>People of the office</Menu.Item>
        )}
        <Menu.Item onClick={openKeys} rightSection={<kbd>?</kbd>}>
          Keys
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Colours</Menu.Label>
        {SCHEMES.map(({ value, words }) => (
          <Menu.Item
            key={value}
            onClick={() => setColorScheme(value)}
            aria-current={colorScheme === value}
            rightSection={colorScheme === value ? <DoneIcon /> : null}
          >
            {words}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {signedIn.kind === 'out' ? (
          <Menu.Item onClick={onSignIn}>Sign in</Menu.Item>
        ) : (
          <Menu.Item
            onClick={() => void signOut().catch((error: unknown) => toasts.fail(error, 'Not signed out'))}
          >
            Sign out
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
