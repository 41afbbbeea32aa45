/** The keys that work here, on `?`. */
import { Modal } from '@mantine/core'
import { useKeyRegistry, useKeys } from '../keys/keys'
import { useKeyListOverlay } from './overlays'
import styles from './shell.module.css'

export function KeyList() {
  const { opened, open, close } = useKeyListOverlay()
  useKeys('Everywhere', [{ key: '?', does: 'This list', run: open }])
  return (
    <Modal opened={opened} onClose={close} title="Keys" size="md">
      <KeyTable />
    </Modal>
  )
}

function KeyTable() {
  const registry = useKeyRegistry()
  const scopes = new Map<string, { key: string; does: string }[]>()
  for (const { scope, bindings } of registry.list()) {
    scopes.set(scope, [...(scopes.get(scope) ?? []), ...bindings])
  }
  return (
    <div className={styles.keys}>
      {[...scopes].map(([scope, bindings]) => (
        <section key={scope}>
          <h3 className={styles.keysTitle}>{scope}</h3>
          <dl className={styles.keysList}>
            {bindings.map(({ key, does }) => (
              <div key={`${key} ${does}`} className={styles.keyRow}>
                <dt>
                  <kbd>
                    {key.length === 1
                      ? key.toUpperCase()
                      : key.replace(/\+(\w)$/, (_, last) => `+${last.toUpperCase()}`)}
                  </kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p className={styles.soft}>Letter keys rest while you type in a field.</p>
    </div>
  )
}
