/**
 * Files of the workbench that a browser fetches while it runs. They go missing when the workbench is built anew or its server ends while a page is
 * open. Such an error says that a file is missing, so nobody takes it for a limit of the machine.
 */
import { missingFile } from '../core/errors';
import { sayLater, type Told } from '../core/language/told';

/**
 * Fetches a WebAssembly binary that this engine accepts.
 * @throws WorkbenchError `file-missing`, also when the answer is something else: some servers send a page in place of a missing file
 */
export async function fetchWasm(url: string): Promise<ArrayBuffer> {
  const missing = (why: Told) => missingFile(url.slice(url.lastIndexOf('/') + 1), why);
  const bytes = await fetch(url).then(
    (answer) => {
      if (!answer.ok) throw missing(sayLater('answer {status}', { status: String(answer.status) }));
      return answer.arrayBuffer().catch(() => {
        throw missing(sayLater('the connection broke'));
      });
    },
    () => {
      throw missing(sayLater('no connection'));
    },
  );
  if (!WebAssembly.validate(bytes)) throw missing(sayLater('the answer is no WebAssembly'));
  return bytes;
}

/**
 * Imports a part of the program when it is needed.
 * @throws WorkbenchError `file-missing`
 */
export async function loadPart<Part>(name: Told, part: Promise<Part>): Promise<Part> {
  try {
    return await part;
  } catch (error) {
    // All browsers throw this for a module that cannot be fetched or parsed; only their messages differ.
    if (error instanceof TypeError) throw missingFile(name, error.message);
    throw error;
  }
}
