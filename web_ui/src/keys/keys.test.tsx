import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { KeysProvider, useKeys } from './keys'
import { KeyRegistry } from './registry'

function Listening({ pressed }: { pressed: string[] }) {
  useKeys('Test', [
    { key: 'v', does: 'v', run: () => pressed.push('v') },
    { key: 'Enter', does: 'enter', run: () => pressed.push('enter') },
    { key: 'Ctrl+Enter', does: 'start', run: () => pressed.push('start'), whileTyping: true },
    { key: 'Ctrl+z', does: 'undo', run: () => pressed.push('undo') },
  ])
  return (
    <>
      <input aria-label="field" />
      <button type="button">act</button>
      <div role="dialog" tabIndex={-1} aria-label="dialog" />
    </>
  )
}

function setup() {
  const pressed: string[] = []
  render(
    <KeysProvider>
      <Listening pressed={pressed} />
    </KeysProvider>,
  )
  return pressed
}

test('letter keys are off while somebody types, and an undo there is the field’s own', () => {
  const pressed = setup()
  const field = screen.getByLabelText('field')
  fireEvent.keyDown(field, { key: 'v' })
  fireEvent.keyDown(field, { key: 'z', ctrlKey: true })
  fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true })
  expect(pressed).toEqual(['start'])
})

test('keys work on the page, with Cmd as with Ctrl', () => {
  const pressed = setup()
  fireEvent.keyDown(document.body, { key: 'v' })
  fireEvent.keyDown(document.body, { key: 'V', shiftKey: true })
  fireEvent.keyDown(document.body, { key: 'z', metaKey: true })
  expect(pressed).toEqual(['v', 'v', 'undo'])
})

test('a key that a field listens for itself is listed and shadows nothing', () => {
  const registry = new KeyRegistry()
  const pressed: string[] = []
  registry.add('Page', () => [{ key: 'Escape', does: 'close', run: () => pressed.push('close') }])
  registry.add('Note', () => [{ key: 'Escape', does: 'leave the note' }])
  registry.handle(new KeyboardEvent('keydown', { key: 'Escape' }))
  expect(pressed).toEqual(['close'])
  expect(registry.list().map(({ scope }) => scope)).toEqual(['Page', 'Note'])
})

test('a button keeps its Enter, and a dialog all keys', () => {
  const pressed = setup()
  fireEvent.keyDown(screen.getByText('act'), { key: 'Enter' })
  fireEvent.keyDown(screen.getByRole('dialog'), { key: 'v' })
  expect(pressed).toEqual([])
})

test('the page behind a dialog takes no key, also when the focus is nowhere', () => {
  const pressed = setup()
  screen.getByRole('dialog').setAttribute('aria-modal', 'true')
  fireEvent.keyDown(document.body, { key: 'v' })
  expect(pressed).toEqual([])
})
