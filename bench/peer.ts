/** Measures PyTorch. A Python process answers one request after the other, so that its rounds alternate with ours. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Workload } from '../support/workloads';

interface PeerRequest extends Pick<Workload, 'network' | 'batch' | 'loss'> {
  readonly threads: number;
  readonly steps: number;
  readonly device: 'cpu' | 'cuda';
  /** So many more steps in a row are timed as a whole, and only the last one's loss is read. */
  readonly inRow?: number;
}

interface PeerTimes {
  /** Milliseconds of each step. */
  readonly times: readonly number[];
  /** Milliseconds per step of steps in a row, undefined if nobody asked for it. */
  readonly inRow?: number;
}

export interface Peer {
  readonly name: string;
  /** The graphics card's name, null if the process can use none. */
  readonly card: string | null;
  measure(request: PeerRequest): Promise<PeerTimes>;
  end(): void;
}

/** @returns the peer, or the reason why there is none */
export async function startPyTorch(): Promise<Peer | string> {
  const script = fileURLToPath(new URL('peers/step.py', import.meta.url));
  let missing = '';
  for (const python of ['python3', '/usr/bin/python3']) {
    const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'pipe'] });
    // Python ends at the end of its input, but not during a measurement, so it is killed.
    process.once('exit', () => void child.kill());
    const errors: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    child.on('error', (error) => errors.push(error.message));
    const answer = async () => {
      const { value, done } = (await lines.next()) as IteratorResult<string, undefined>;
      if (done) throw new Error(errors.join('').trim().split('\n').at(-1) ?? 'it ended');
      return JSON.parse(value) as { torch?: string; card?: string | null } & Partial<PeerTimes>;
    };
    try {
      const { torch, card = null } = await answer();
      return {
        name: `PyTorch ${torch}`,
        card,
        async measure(request) {
          child.stdin.write(`${JSON.stringify(request)}\n`);
          return (await answer()) as PeerTimes;
        },
        end: () => child.stdin.end(),
      };
    } catch (error) {
      missing = (error as Error).message;
    }
  }
  return missing;
}
