/** Builds exported C for a board, runs it there in an emulator, and reads what it prints. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { WorkbenchError } from '../../core/errors';
import { tensorAt, type QuantizedGraph } from '../../core/quantize/graph';
import { cmsisSource } from '../../exporters/c/cmsis';
import { emitModel } from '../../exporters/c/emit';
import { exampleProgram } from '../../exporters/c/example';
import { kernelHeader, kernelSource } from '../../exporters/c/kernels';
import { runtimeOf, stdioHeader } from './runtime';
import type { Target } from './targets';

export type Rounding = 'double' | 'single';

export interface BoardRun {
  /** Whether every output was the reference's, and every layer was counted. */
  readonly equal: boolean;
  /** What the program printed, without the counts. */
  readonly printed: string;
  readonly bytes: {
    /** The program, without the network's constants. */
    readonly code: number;
    /** Weights, biases, factors and tables of the network. */
    readonly constants: number;
    readonly arena: number;
  };
  /** Instructions of each operation that computes something, in order. */
  readonly layers: readonly { readonly name: string; readonly kind: string; readonly instructions: number }[];
}

const FLAGS = [
  '-O2',
  '-std=c99',
  '-ffreestanding',
  '-fno-builtin',
  '-ffunction-sections',
  '-fdata-sections',
  '-Wall',
  '-Wextra',
  '-Werror',
];
/** A wrong address may hang the emulator. */
const MOST_MS = 120_000;
/** The parts of CMSIS-NN that int8 networks use. */
const CMSIS_FOLDERS = [
  'ConvolutionFunctions',
  'FullyConnectedFunctions',
  'PoolingFunctions',
  'BasicMathFunctions',
  'SoftmaxFunctions',
  'NNSupportFunctions',
];
const UNUSED = /_(f16|f32|flt|s4)\b|_s4_|_lstm_|_svdf|transpose_conv|batch_matmul|_mul_|maximum|minimum/;

/** @throws WorkbenchError `invalid-setting` that says what of CMSIS-NN is not in the folder */
export function assertCmsis(folder: string): void {
  const missing = ['Include/arm_nnfunctions.h', ...CMSIS_FOLDERS.map((name) => `Source/${name}`)].find(
    (path) => !existsSync(join(folder, path)),
  );
  if (missing)
    throw new WorkbenchError(
      'invalid-setting',
      `--cmsis: ${folder} has no ${missing}. Give the folder of a copy of github.com/ARM-software/CMSIS-NN.`,
    );
}

/** Builds programs for one target in a folder of its own. CMSIS-NN is compiled once for each rounding. */
export class Board {
  readonly #path = mkdtempSync(join(tmpdir(), 'board-'));
  readonly #libraries = new Map<Rounding, readonly string[]>();

  /** @param cmsis the folder of CMSIS-NN; null builds the plain kernels */
  constructor(
    private readonly target: Target,
    private readonly cmsis: string | null = null,
  ) {
    const { source, linkerScript } = runtimeOf(target);
    mkdirSync(join(this.#path, 'headers'));
    this.#write({ 'headers/stdio.h': stdioHeader, 'board.c': source, 'board.ld': linkerScript });
  }

  /** @throws Error with the compiler's messages */
  run(graph: QuantizedGraph, rounding: Rounding): BoardRun {
    const { header, source } = emitModel(graph, 'a network on a board');
    const kernels = this.cmsis === null ? 'nn_int8.c' : 'nn_cmsis.c';
    this.#write({
      'model.h': header,
      'model.c': counted(source),
      'main.c': exampleProgram(graph),
      'nn_int8.h': kernelHeader,
      [kernels]: this.cmsis === null ? kernelSource : cmsisSource,
    });
    const defined = definitions(rounding, this.cmsis !== null);
    const library = this.#library(rounding);
    const own = ['-I', 'headers', ...(this.cmsis === null ? [] : ['-I', join(resolve(this.cmsis), 'Include'), '-DBOARD_LIBRARY'])];
    this.#compile([...FLAGS, ...defined, ...own, '-Dmain=example_main', '-c', 'board.c', 'main.c', 'model.c', kernels]);
    const objects = ['board.c', 'main.c', 'model.c', kernels].map((name) => name.replace(/c$/, 'o'));
    const standard = this.cmsis === null ? ['-lgcc'] : ['-lc', '-lgcc'];
    execFileSync(
      this.target.compiler,
      [
        ...this.target.linkFlags,
        '-nostdlib',
        '-nostartfiles',
        '-T',
        'board.ld',
        '-Wl,--gc-sections',
        ...objects,
        ...library,
        ...standard,
        '-o',
        'app.elf',
      ],
      { cwd: this.#path, stdio: 'pipe', encoding: 'utf8' },
    );
    const { stdout, stderr, error } = spawnSync(this.target.emulator, [...this.target.emulatorArguments, 'app.elf'], {
      cwd: this.#path,
      encoding: 'utf8',
      timeout: MOST_MS,
    });
    const lines = `${stdout}${stderr}`.split(/\r?\n/).filter(Boolean);
    const counts = lines.flatMap((line) => /^layer (\d+)$/.exec(line)?.[1] ?? []).map(Number);
    const printed = [...lines.filter((line) => !line.startsWith('layer ')), ...(error ? [error.message] : [])].join('; ');
    const model = this.#size('model.o');
    const computing = graph.operations.filter(({ kind }) => kind !== 'reshape');
    return {
      equal: printed === 'PASS' && counts.length === computing.length,
      printed,
      bytes: { code: this.#size('app.elf').text - model.text, constants: model.text, arena: model.bss },
      layers: computing.map(({ kind, output }, at) => ({ name: tensorAt(graph, output).name, kind, instructions: counts[at] ?? NaN })),
    };
  }

  remove(): void {
    rmSync(this.#path, { recursive: true });
  }

  #library(rounding: Rounding): readonly string[] {
    if (this.cmsis === null) return [];
    const known = this.#libraries.get(rounding);
    if (known) return known;
    const root = resolve(this.cmsis);
    const sources = CMSIS_FOLDERS.flatMap((folder) =>
      readdirSync(join(root, 'Source', folder))
        .filter((name) => name.endsWith('.c') && !UNUSED.test(name))
        .map((name) => join(root, 'Source', folder, name)),
    );
    const folder = `cmsis-${rounding}`;
    mkdirSync(join(this.#path, folder));
    const args = [
      '-O2',
      '-ffunction-sections',
      '-fdata-sections',
      ...definitions(rounding, true),
      '-I',
      join(root, 'Include'),
      '-c',
      ...sources,
    ];
    this.#compile(args, join(this.#path, folder));
    const objects = readdirSync(join(this.#path, folder)).map((name) => join(folder, name));
    this.#libraries.set(rounding, objects);
    return objects;
  }

  #compile(args: readonly string[], cwd = this.#path): void {
    execFileSync(this.target.compiler, [...this.target.compileFlags, ...args], { cwd, stdio: 'pipe', encoding: 'utf8' });
  }

  /** Bytes of code and constants, and of memory that begins as 0. */
  #size(file: string): { readonly text: number; readonly bss: number } {
    const [, numbers] = execFileSync(this.target.size, [file], { cwd: this.#path, encoding: 'utf8' }).split('\n');
    const [text, data, bss] = (numbers as string).trim().split(/\s+/).map(Number) as [number, number, number];
    return { text: text + data, bss };
  }

  #write(files: Readonly<Record<string, string>>): void {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(this.#path, name), content);
  }
}

const definitions = (rounding: Rounding, cmsis: boolean) =>
  rounding === 'double' ? [] : ['-DNN_SINGLE_ROUNDING', ...(cmsis ? ['-DCMSIS_NN_USE_SINGLE_ROUNDING'] : [])];

/** The network with a mark behind each call of a kernel, where the board counts its instructions. */
const counted = (source: string) =>
  source
    .replace('#include "nn_int8.h"', '#include "nn_int8.h"\nvoid board_begin(void);\nvoid board_layer(void);')
    .replace('void model_run(void) {\n', 'void model_run(void) {\n  board_begin();\n')
    .replaceAll(/^ {2}(nn_\w+\(.*\);)$/gm, '  $1 board_layer();');
