/** Offers bytes, or pieces of them, to the person as a file. */
export function download(name: string, mime: string, bytes: Uint8Array | readonly Uint8Array[]): void {
  const pieces = (bytes instanceof Uint8Array ? [bytes] : bytes) as readonly Uint8Array<ArrayBuffer>[];
  const url = URL.createObjectURL(new Blob([...pieces], { type: mime }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has its own hold of the data once the click is handled.
  setTimeout(() => URL.revokeObjectURL(url));
}
