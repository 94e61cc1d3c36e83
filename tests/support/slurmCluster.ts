/**
 * A Slurm of three made-up nodes on this machine, without root: its own munge, controller and node daemons, on ports of this machine only, in a folder
 * of its own. It needs the Debian packages slurmctld, slurmd, slurm-client and munge.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';

const FIRST_PORT = 17_400;
const programs = ['/usr/sbin/slurmctld', '/usr/sbin/slurmd', '/usr/sbin/munged', '/usr/bin/sbatch'] as const;

export const nodes = ['n1', 'n2', 'n3'] as const;
export type Node = (typeof nodes)[number];

/** What this machine lacks for a cluster, in one line; null where nothing is missing. */
export function missingForSlurm(): string | null {
  const missing = programs.filter((program) => !existsSync(program));
  return missing.length === 0
    ? null
    : `not run, since ${missing.join(', ')} are not here: apt-get install slurmctld slurmd slurm-client munge`;
}

/** Longest time without a word of a node before it counts as dead, in seconds. */
const NODE_TIMEOUT_S = 10;

export class SlurmCluster {
  /** What a command needs to find this cluster. */
  readonly environment: NodeJS.ProcessEnv;
  readonly #daemons = new Map<string, ChildProcess>();

  /** @param folder short, since the path of a socket has at most 107 letters; without spaces */
  constructor(private readonly folder: string) {
    this.environment = { SLURM_CONF: join(folder, 'slurm.conf') };
    for (const name of ['state', 'munge', ...nodes]) mkdirSync(join(folder, name), { mode: 0o755 });
    writeFileSync(join(folder, 'munge/key'), randomBytes(128), { mode: 0o400 });
    writeFileSync(join(folder, 'slurm.conf'), this.#config());
  }

  #config(): string {
    const { folder } = this;
    const user = userInfo().username;
    const of = nodes.map(
      (name, index) => `NodeName=${name} NodeHostname=${hostname()} NodeAddr=127.0.0.1 Port=${FIRST_PORT + 1 + index} CPUs=1 State=UNKNOWN`,
    );
    return [
      'ClusterName=test',
      `SlurmctldHost=${hostname()}(127.0.0.1)`,
      `SlurmctldPort=${FIRST_PORT}`,
      `SlurmUser=${user}`,
      `SlurmdUser=${user}`,
      'AuthType=auth/munge',
      `AuthInfo=socket=${folder}/munge/socket`,
      `StateSaveLocation=${folder}/state`,
      `SlurmdSpoolDir=${folder}/%n/spool`,
      `SlurmctldPidFile=${folder}/slurmctld.pid`,
      `SlurmdPidFile=${folder}/%n/pid`,
      'CommunicationParameters=NoInAddrAny,NoCtldInAddrAny',
      'ProctrackType=proctrack/linuxproc',
      'TaskPlugin=task/none',
      'SelectType=select/cons_tres',
      'SelectTypeParameters=CR_CPU',
      'SlurmdParameters=config_overrides',
      'MpiDefault=none',
      'MailProg=/bin/true',
      'ReturnToService=2',
      'MaxArraySize=4',
      'KillWait=20',
      `SlurmdTimeout=${NODE_TIMEOUT_S}`,
      ...of,
      `PartitionName=all Nodes=${nodes.join(',')} Default=YES MaxTime=INFINITE State=UP`,
      '',
    ].join('\n');
  }

  #start(name: string, program: string, args: readonly string[]): void {
    const log = openSync(join(this.folder, `${name}.log`), 'a');
    const child = spawn(program, args, { stdio: ['ignore', log, log], env: { ...process.env, ...this.environment } });
    this.#daemons.set(name, child);
  }

  async start(): Promise<void> {
    const munge = join(this.folder, 'munge');
    this.#start('munged', '/usr/sbin/munged', [
      '--foreground',
      '--force',
      `--key-file=${munge}/key`,
      `--socket=${munge}/socket`,
      `--pid-file=${munge}/pid`,
      `--seed-file=${munge}/seed`,
      `--log-file=${munge}/log`,
    ]);
    await until(() => existsSync(join(munge, 'socket')), 'munge');
    this.startController();
    for (const node of nodes) this.startNode(node);
    await until(() => this.sinfo().filter((state) => state === 'idle').length === nodes.length, 'idle nodes');
  }

  startController(): void {
    this.#start('slurmctld', '/usr/sbin/slurmctld', ['-D', '-i']);
  }

  startNode(node: Node): void {
    this.#start(node, '/usr/sbin/slurmd', ['-D', '-N', node]);
  }

  /** Ends the controller as a crash would. */
  async killController(): Promise<void> {
    await this.#kill('slurmctld');
  }

  /** Ends a node with all that it runs, as a power cut would. */
  async killNode(node: Node): Promise<void> {
    const works = processesWith(`SLURMD_NODENAME=${node}`, this.folder);
    await this.#kill(node);
    // The daemons of steps first, since one that sees its work die reports that.
    for (const pid of [...new Set(works.map(parentOf).filter(isStepDaemon)), ...works]) kill(pid);
  }

  async #kill(name: string): Promise<void> {
    const child = this.#daemons.get(name);
    if (!child) return;
    this.#daemons.delete(name);
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  async stop(): Promise<void> {
    for (const node of nodes) await this.killNode(node);
    for (const name of this.#daemons.keys()) await this.#kill(name);
  }

  /** The state of each node. */
  sinfo(): string[] {
    try {
      return this.ask('sinfo', '--noheader', '--Node', '--format=%T').trim().split('\n');
    } catch {
      return [];
    }
  }

  /** The answer of one of Slurm's commands. */
  ask(command: string, ...args: string[]): string {
    return execFileSync(command, args, {
      encoding: 'utf8',
      env: { ...process.env, ...this.environment },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }
}

/** @param what is awaited, for the message */
export async function until(holds: () => boolean, what: string, withinMs = 60_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`no ${what} within ${withinMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

const read = (pid: number, file: 'environ' | 'cmdline' | 'status'): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
};
const isStepDaemon = (pid: number) => read(pid, 'cmdline').startsWith('slurmstepd');
const parentOf = (pid: number) => Number(/^PPid:\s*(\d+)/m.exec(read(pid, 'status'))?.[1] ?? 0);
const processes = () => readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));

/** Processes of this cluster with a variable in their environment. */
const processesWith = (variable: string, folder: string) =>
  processes().filter((pid) => {
    const words = read(pid, 'environ').split('\0');
    return words.includes(variable) && words.includes(`SLURM_CONF=${join(folder, 'slurm.conf')}`);
  });
