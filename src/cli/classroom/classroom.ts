/** `npm run -s classroom -- [options]`: the page, and the finished runs of a class, from one address. */
import type { RequestListener, Server } from 'node:http';
import { WorkbenchError } from '../../core/errors';
import { wholeRange } from '../../core/config/domain';
import { readCommandLine } from '../commandLine';
import { usageError } from '../exit';
import { helpText } from '../helpText';
import { readNumberIn } from '../optionValue';
import { runProgram } from '../program';
import { networkAddresses } from './addresses';
import { Pool } from './pool';
import { answerWith } from './poolRequests';
import { namesOfMachine } from './sameSite';
import { serverOf } from './server';

/** Not the port of `npm start`, so that what a browser keeps of the two stays apart. */
const PORT = 4180;

const HELP = helpText(`Serves the page to a class, and shows everybody's finished searches to all.

npm run -s classroom -- [options]

  --port N       the port (default: ${PORT})
  --name NAME    a name under which the class finds this machine, such as class.school; may be given several times
                 (addresses and this machine's own name need none)
  --https        make a certificate, so that searches of members run on graphics cards and several threads; every browser
                 warns of it once, since nobody vouches for it
  --help         print this

Members join with the code that it prints. Nothing of the class is written to disk: it ends with Ctrl+C, and what is to stay
is saved from the teacher's page. docs/classroom.md says how to hold a class.

Exit status: 130 ended with Ctrl+C, 1 it could not be served, 2 bad usage.`);

const options = {
  port: { type: 'string', default: String(PORT) },
  name: { type: 'string', multiple: true, default: [] as string[] },
  https: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** @param page answers requests for the page's files */
export function runClassroom(page: RequestListener): void {
  runProgram(async (args) => {
    const { values } = readCommandLine({ args, options, allowPositionals: false });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const port = readNumberIn('--port', values.port, wholeRange(1, 65_535));
    const given = values.name.map(readName);
    await serve(page, port, given, values.https);
    return 0;
  });
}

async function serve(page: RequestListener, port: number, given: readonly string[], secure: boolean): Promise<void> {
  const names = [...given, ...namesOfMachine()];
  const reached = networkAddresses();
  const certificate = secure ? await certificateFor([...names, ...reached, '127.0.0.1']) : null;
  const at = (host: string) => `${secure ? 'https' : 'http'}://${host}:${port}/`;
  const addresses = [...given, ...reached].map(at);
  const pool = new Pool(() => performance.now());
  await listen(serverOf(answerWith({ pool, page, names: new Set(names), addresses }), certificate), port);
  const places = addresses.length > 0 ? addresses.join('  ') : 'this machine is in no network, so only its own browser finds the class';
  console.log(`Members:       ${places}`);
  console.log(`Code:          ${pool.code}`);
  console.log(`Teacher:       ${at('localhost')}`);
  console.log(`Teacher's key: ${pool.key} (show it to nobody)`);
  if (certificate) {
    console.log('Browsers warn that nobody vouches for the certificate. Its SHA-256 fingerprint, to compare with what a browser shows:');
    console.log(`  ${certificate.fingerprint}`);
  } else {
    console.log("Over plain http, members' searches run on one thread and without graphics cards, and the network can read along;");
    console.log('--https changes that.');
  }
  console.log('Ctrl+C ends the class. Save its runs on the teacher’s page first: nothing is kept here.');
}

/** Loads what makes certificates only where one is asked for, since it takes memory. */
async function certificateFor(hosts: readonly string[]) {
  const { selfSigned } = await import('./certificate');
  return selfSigned([...new Set(hosts)], Date.now());
}

/** @throws WorkbenchError `invalid-setting` for what is no name of a machine */
function readName(text: string): string {
  const name = text.toLowerCase();
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(name))
    throw usageError(`--name takes a machine's name such as class.school, without http:// and port, not "${text}"`);
  return name;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      const why = code === 'EADDRINUSE' ? 'another program has it' : code === 'EACCES' ? 'this user may not use it' : message;
      reject(new WorkbenchError('internal', `The class cannot be served on port ${port}, since ${why}. Give another one with --port.`));
    });
    server.listen(port, resolve);
  });
}
