/** Open the computer's file manager where the resume lies, beside an agent. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { AgentApi } from '../api/agentApi'
import { useApis } from '../api/context'
import { asApiError } from '../api/problem'
import { FolderIcon } from '../shell/icons'
import { useToasts } from '../undo/ToastShelf'
import type { ResumeKey } from './useResumeBytes'

export function ShowInFolder({ resume }: { resume: ResumeKey }) {
  const { agent } = useApis()
  return agent && <ShowButton agent={agent} resume={resume} />
}

function ShowButton({ agent, resume }: { agent: AgentApi; resume: ResumeKey }) {
  const toasts = useToasts()
  const show = useMutation({
    mutationFn: () => agent.showResume(resume.candidate_external_id, resume.content_sha256),
    onError: (error) => toasts.fail(asApiError(error)),
  })
  return (
    <Button
      variant="default"
      size="compact-sm"
      h={28}
      leftSection={<FolderIcon />}
      loading={show.isPending}
      onClick={() => show.mutate()}
    >
      Show in folder
    </Button>
  )
}
