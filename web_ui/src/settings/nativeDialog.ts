/** The desktop window's own folder dialog, which a page in a plain browser does not have. */

interface WindowBridge {
  pywebview?: { api?: { choose_folder?: () => Promise<string | null> } }
}

function bridge(): (() => Promise<string | null>) | undefined {
  return (window as Window & WindowBridge).pywebview?.api?.choose_folder
}

export function hasNativeFolderDialog(): boolean {
  return bridge() !== undefined
}

/** The chosen folder, or null when the person closed the dialog. */
export async function chooseFolderNatively(): Promise<string | null> {
  return (await bridge()?.()) ?? null
}
