/** The dialog that is open over the page, which then has all keys; null where there is none. */
export const openDialog = (): HTMLDialogElement | null => document.querySelector<HTMLDialogElement>('dialog[open]');
