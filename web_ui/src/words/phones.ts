/** Phone numbers as links. They stay text everywhere: leading zeros count. */

/** Resumes give several numbers in one field; run together they would reach nobody, or a stranger. */
function firstOf(numbers: string): string {
  return (numbers.split(/[/,;|]|\bor\b|\s(?=\+)/i).find((part) => /\d/.test(part)) ?? '').trim()
}

/** `tel:` address of a number, or null when it has no digits. */
export function callAddress(number: string): string | null {
  const dialled = firstOf(number).replace(/[^\d+]/g, '')
  return /\d/.test(dialled) ? `tel:${dialled}` : null
}

/** WhatsApp wants the country's code and no plus; without a country's code nobody knows whom it would reach. */
export function whatsAppAddress(number: string): string | null {
  const trimmed = firstOf(number)
  const international = trimmed.startsWith('+')
    ? trimmed
    : trimmed.startsWith('00')
      ? `+${trimmed.slice(2)}`
      : ''
  const digits = international.replace(/\D/g, '')
  return digits.length >= 8 ? `https://wa.me/${digits}` : null
}

export function mailAddress(email: string): string | null {
  return /^[^\s@]+@[^\s@]+$/.test(email) ? `mailto:${encodeURIComponent(email).replace('%40', '@')}` : null
}
