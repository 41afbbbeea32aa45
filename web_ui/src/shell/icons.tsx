/** The few drawings of the product; decoration beside words, so hidden from readers. */
import type { ReactNode } from 'react'

interface Props {
  className?: string
  size?: number
}

function Icon({ className, size = 16, children }: Props & { children: ReactNode }) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  )
}

export const AlertIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M8 2 14.5 13.5h-13zM8 6.5v3M8 11.6v.1" />
  </Icon>
)
export const DoneIcon = (props: Props) => (
  <Icon {...props}>
    <path d="m3 8.5 3.2 3.2L13 4.8" />
  </Icon>
)
export const SkipIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M3 8h10M9.5 4.5 13 8l-3.5 3.5" />
  </Icon>
)
export const FailIcon = (props: Props) => (
  <Icon {...props}>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Icon>
)
export const WaitIcon = (props: Props) => (
  <Icon {...props}>
    <circle cx="8" cy="8" r="5.8" />
    <path d="M8 4.800V8l2.2 1.5" />
  </Icon>
)
export const FetchIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M8 2.500v8M4.8 7.5 8 10.700l3.2-3.200M3 13.500h10" />
  </Icon>
)
export const FindIcon = (props: Props) => (
  <Icon {...props}>
    <circle cx="7" cy="7" r="4.5" />
    <path d="m10.5 10.5 3.5 3.5" />
  </Icon>
)
export const FolderIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M1.8 4.500a1 1 0 0 1 1-1h3.400l1.5 1.700h5.500a1 1 0 0 1 1 1v5.800a1 1 0 0 1-1 1H2.800a1 1 0 0 1-1-1z" />
  </Icon>
)
export const CloudIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M4.5 12.500a3 3 0 0 1-.3-6 4 4 0 0 1 7.7.8 2.6 2.6 0 0 1-.4 5.200z" />
  </Icon>
)
export const PhoneIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M3 2.500h2.600l1.2 3-1.6 1.200a8 8 0 0 0 4.1 4.100l1.2-1.6 3 1.200V13a1 1 0 0 1-1.1 1A11 11 0 0 1 2 3.600a1 1 0 0 1 1-1.100z" />
  </Icon>
)
export const ChatIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M2.5 13.5 3.4 11A5.7 5.7 0 1 1 5.6 13z" />
  </Icon>
)
export const MailIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M2 4h12v8.500H2zM2.3 4.3 8 9l5.7-4.7" />
  </Icon>
)
export const PersonIcon = (props: Props) => (
  <Icon {...props}>
    <circle cx="8" cy="5.3" r="2.8" />
    <path d="M2.8 14a5.2 5.2 0 0 1 10.4 0" />
  </Icon>
)
export const PauseIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M5.500 3.500v9M10.500 3.500v9" />
  </Icon>
)
export const GoOnIcon = (props: Props) => (
  <Icon {...props}>
    <path d="m5 3.200 7 4.800-7 4.800z" />
  </Icon>
)
export const CallBackIcon = (props: Props) => (
  <Icon {...props}>
    <circle cx="8" cy="8.500" r="5.300" />
    <path d="M8 5.500v3.200l2 1.300M5.500 1.500h5" />
  </Icon>
)
export const ExportIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M8 2v7.500M5 6.800 8 9.800l3-3M2.500 10.500v3h11v-3" />
  </Icon>
)
export const CloseIcon = FailIcon
export const MoreIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M3.2 8v.1M8 8v.1M12.8 8v.1" strokeWidth="2.4" />
  </Icon>
)
