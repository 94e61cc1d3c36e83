/**
 * Files of the workbench that a browser fetches while it runs. They go missing when the workbench is built anew or its server ends while a page is
 * open; that is told as what it is, and never taken for a lack of the machine.
 */
import { missingFile } from '../core/errors';

/**
 * A WebAssembly binary that this engine takes.
 * @throws WorkbenchError `file-missing` also when something else comes: some servers answer with a page where a file is missing
 */
export async function fetchWasm(url: string): Promise<ArrayBuffer> {
  const missing = (why: string) => missingFile(url.slice(url.lastIndexOf('/') + 1), why);
  const bytes = await fetch(url).then(
    (answer) => {
      if (!answer.ok) throw missing(`answer ${answer.status}`);
      return answer.arrayBuffer().catch(() => {
        throw missing('the connection broke');
      });
    },
    () => {
      throw missing('no connection');
    },
  );
  if (!WebAssembly.validate(bytes)) throw missing('the answer is no WebAssembly');
  return bytes;
}

/**
 * A part of the program that is imported only when it is needed.
 * @throws WorkbenchError `file-missing`
 */
export async function loadPart<Part>(name: string, part: Promise<Part>): Promise<Part> {
  try {
    return await part;
  } catch (error) {
    // What all browsers throw for a module that cannot be fetched or is none, each in words of its own.
    if (error instanceof TypeError) throw missingFile(name, error.message);
    throw error;
  }
}
