/** Which computer downloads, and whether it is on. */
import { Select } from '@mantine/core'
import { useId } from 'react'
import styles from '../download/download.module.css'
import { onlineText } from './computers'
import { useHosted } from './HostedFeedProvider'
import own from './hosted.module.css'

export function ComputerCard() {
  const titleId = useId()
  const { computers, computer, chooseComputer } = useHosted()
  if (computers === null || computer === null) return null
  return (
    <section className={styles.card} aria-labelledby={titleId}>
      <header className={styles.cardHead}>
        <h2 id={titleId}>Computer</h2>
        <span className={own.online} data-on={computer.is_online} role="status">
          {onlineText(computer, Date.now())}
        </span>
      </header>
      {computers.length > 1 ? (
        <Select
          aria-label="Computer that downloads"
          allowDeselect={false}
          data={computers.map((device) => ({
            value: device.device_id,
            label: `${device.device_name}${device.is_online ? '' : ' (off)'}`,
          }))}
          value={computer.device_id}
          onChange={(value) => value !== null && chooseComputer(value)}
        />
      ) : (
        <p>
          <strong>{computer.device_name}</strong>
        </p>
      )}
      {!computer.is_online && (
        <p className={styles.soft}>
          It is off, or NjordHR does not run there. What you start waits for it until the same time tomorrow,
          and you can cancel it until then.
        </p>
      )}
    </section>
  )
}
