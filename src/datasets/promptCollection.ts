/**
 * Prompts an engine to collect the array buffers that nobody holds any more. V8 lets each thread leave some 64 MB of them first, and
 * an import has several threads.
 */

/** So many examples' buffers may lie about. */
const EVERY = 1024;
/** More than V8 lets a thread have outside its heap without collecting. It is never written to, so it takes no memory. */
const PROMPT_BYTES = 128 * 1024 * 1024;

/** @param done examples that this thread has had so far */
export function promptCollection(done: number): void {
  if (done % EVERY !== 0) return;
  try {
    // Read from, because build tools drop an array that nobody uses.
    new DataView(new ArrayBuffer(PROMPT_BYTES)).getUint8(0);
  } catch (reason) {
    // Without room for it nothing is lost: the engine collects by itself when it must.
    if (!(reason instanceof RangeError)) throw reason;
  }
}
