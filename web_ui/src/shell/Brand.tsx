/** The sign of the product: a hull under an N. */
export function Brand({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        d="M4 20.500h24l-3.2 5.700a2.4 2.4 0 0 1-2.1 1.300H9.300a2.4 2.4 0 0 1-2.1-1.300z"
        fill="var(--brass)"
      />
      <path
        d="M10 18V5.500L22 16V5.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
