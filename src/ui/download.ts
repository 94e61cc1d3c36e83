/** Offers bytes to the person as a file. */
export function download(name: string, mime: string, bytes: Uint8Array | Blob): void {
  const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer> | Blob], { type: mime }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has its own hold of the data once the click is handled.
  setTimeout(() => URL.revokeObjectURL(url));
}
