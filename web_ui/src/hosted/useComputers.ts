/** The person's computers, asked often while something is on its way. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useApis } from '../api/context'
import { ApiError } from '../api/problem'
import type { CommandRequest, CommandView } from '../generated/types'
import { useMe } from '../shell/session'
import { ownComputers } from './computers'
import { sealCode } from './seal'

const LOOK_MS = 800

export function useComputers() {
  const { cloud } = useApis()
  const me = useMe()
  const query = useQuery({
    queryKey: ['devices'],
    queryFn: cloud.devices,
    enabled: me !== null,
    refetchInterval: 3000,
  })
  return { computers: query.data ? ownComputers(query.data.devices) : null, ...query }
}

/** Ask a computer for something; it is over when the computer has answered, or did not in time. */
export function useAskComputer<T>(
  request: (
    input: T,
    commandId: string,
  ) => Promise<{
    deviceId: string
    body: CommandRequest
  }>,
) {
  const { cloud } = useApis()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (input: T) => {
      const { deviceId, body } = await request(input, crypto.randomUUID())
      let view = await cloud.askComputer(deviceId, body)
      while (view.state === 'waiting') {
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
        view = await cloud.command(view.command_id)
      }
      return answered(view)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['devices'] }),
  })
}

/** Throws the reason of a command that was not done. */
export function answered(view: CommandView): CommandView {
  if (view.state === 'refused' && view.reason !== null) throw new ApiError(view.reason)
  if (view.state !== 'done') throw new ApiError('command.expired')
  return view
}

type Simple = 'connect_portal' | 'resend_code' | 'disconnect_portal'

export function useAskFor(deviceId: string, kind: Simple) {
  return useAskComputer<void>(async (_, command_id) => ({ deviceId, body: { command_id, kind } }))
}

export function useSendCode(deviceId: string, publicKey: string) {
  return useAskComputer<string>(async (code, command_id) => ({
    deviceId,
    body: {
      command_id,
      kind: 'portal_code',
      sealed_code: await sealCode(publicKey, deviceId, command_id, code),
    },
  }))
}
