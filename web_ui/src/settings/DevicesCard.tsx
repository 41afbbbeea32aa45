/** The computers that belong to the office, and taking one off. */
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApis } from '../api/context'
import type { DeviceView } from '../generated/types'
import { ProblemNote } from '../problem/ProblemNote'
import { useHealth } from '../shell/health'
import { Question } from '../shell/Question'
import { agoText } from '../words/dates'
import { counted } from '../words/numbers'
import styles from './settings.module.css'

export function DevicesCard() {
  const { cloud } = useApis()
  const { data, error } = useQuery({ queryKey: ['devices'], queryFn: cloud.devices, refetchInterval: 15_000 })
  return (
    <section className={styles.card} aria-labelledby="devices-title">
      <h2 id="devices-title">Computers of the office</h2>
      {error && <ProblemNote error={error} background />}
      {data?.devices.length === 0 && <p className={styles.soft}>None is connected yet.</p>}
      {data && data.devices.length > 0 && (
        <ul className={styles.list} aria-label="Computers">
          {data.devices.map((device) => (
            <DeviceRow key={device.device_id} device={device} />
          ))}
        </ul>
      )}
    </section>
  )
}

function DeviceRow({ device }: { device: DeviceView }) {
  const { cloud } = useApis()
  const { data: health } = useHealth()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const revoke = useMutation({
    mutationFn: () => cloud.revokeDevice(device.device_id),
    onSuccess: () => queries.invalidateQueries(),
    onSettled: () => setAsking(false),
  })
  const revoked = device.status === 'revoked'
  const isThis = health?.pairing.device_id === device.device_id
  // The office knows what a computer last reported; this one knows what waits now.
  const { waiting, parked } = isThis && health ? health.outbox : device
  return (
    <li className={styles.row}>
      <div className={styles.rowWords}>
        <p className={styles.rowTitle}>
          {device.device_name}
          {isThis && ' (this computer)'}
          {revoked && ' (disconnected)'}
        </p>
        <p className={styles.small}>
          {device.user_email} · {device.platform}, version {device.agent_version} ·{' '}
          {device.last_seen_at ? `seen ${agoText(device.last_seen_at, Date.now())}` : 'never seen'}
          {waiting > 0 && ` · ${counted(waiting, 'record waits', 'records wait')}`}
          {parked > 0 && ` · ${parked} not taken`}
        </p>
        {revoke.error && <ProblemNote error={revoke.error} />}
      </div>
      {!revoked && (
        <Button variant="default" size="xs" onClick={() => setAsking(true)}>
          Disconnect
        </Button>
      )}
      <Question
        takesAway
        opened={asking}
        title={`Disconnect ${device.device_name}?`}
        yes="Disconnect"
        no="Leave it connected"
        busy={revoke.isPending}
        onYes={() => revoke.mutate()}
        onNo={() => setAsking(false)}
      >
        From now on it cannot send or read anything of the office. What waits on it is kept there, and it can
        be connected again.
      </Question>
    </li>
  )
}
