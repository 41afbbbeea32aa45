/** How Mantine's components wear the tokens of `tokens.css`. */
import { type CSSVariablesResolver, createTheme } from '@mantine/core'

export const theme = createTheme({
  primaryColor: 'hull',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  defaultRadius: 6,
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: { fontFamily: 'var(--font)', fontWeight: '650' },
  focusRing: 'never',
  respectReducedMotion: true,
  colors: {
    dark: [
      '#e5eef1',
      '#c3d2d8',
      '#a7bac2',
      '#6b8490',
      '#263a45',
      '#1b2d37',
      '#13212a',
      '#0f1b22',
      '#0b151b',
      '#071116',
    ],
    hull: [
      '#e9f4f6',
      '#d0e6ea',
      '#a5d0d8',
      '#7cc5d3',
      '#5cbdd0',
      '#2f8b9e',
      '#19758a',
      '#0b6275',
      '#084f5f',
      '#063c49',
    ],
  },
  components: {
    Input: { vars: () => ({ wrapper: { '--input-bd': 'var(--line-strong)', '--input-bg': 'var(--card)' } }) },
    Button: {
      defaultProps: { size: 'sm' },
      vars: (_theme: unknown, props: { variant?: string; color?: string }) => ({
        root:
          (props.variant ?? 'filled') === 'filled' && !props.color
            ? { '--button-color': 'var(--primary-ink)' }
            : {},
      }),
    },
    Checkbox: { vars: () => ({ root: { '--checkbox-icon-color': 'var(--primary-ink)' } }) },
    Tooltip: { defaultProps: { openDelay: 350, multiline: true, maw: 320 } },
    Modal: {
      defaultProps: {
        centered: true,
        styles: { title: { fontSize: 16, fontWeight: 650, lineHeight: 1.35, overflowWrap: 'anywhere' } },
        closeButtonProps: { 'aria-label': 'Close' },
        attributes: { header: { role: 'group' } },
      },
    },
  },
})

const shared = {
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-body': 'var(--card)',
  '--mantine-color-dimmed': 'var(--ink-soft)',
  '--mantine-color-placeholder': 'var(--ink-soft)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-default': 'var(--card)',
  '--mantine-color-default-hover': 'var(--primary-wash)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-anchor': 'var(--primary)',
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: shared,
})
