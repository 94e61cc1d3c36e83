/** Compiles exported C with the machine's own compiler, under sanitizers. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QuantizedGraph } from '../core/quantize/graph';
import { emitModel } from '../exporters/c/emit';
import { exampleProgram } from '../exporters/c/example';
import { kernelHeader, kernelSource } from '../exporters/c/kernels';

const SANITIZED = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
const FLAGS = ['-std=c99', '-O1', '-Wall', '-Wextra', '-Werror', ...SANITIZED];

/** Null where there is none, or none with sanitizers. */
export const compiler =
  ['cc', 'gcc', 'clang'].find(
    (name) => spawnSync(name, [...SANITIZED, '-x', 'c', '-', '-o', '/dev/null'], { input: 'int main(void) { return 0; }' }).status === 0,
  ) ?? null;

/** Builds programs in a folder of their own, with the kernels compiled once. */
export class CFolder {
  readonly #path = mkdtempSync(join(tmpdir(), 'c-'));
  readonly #kernels = new Set<string>();

  /** @returns what the example program prints. @throws Error with the compiler's or the sanitizers' messages */
  run(graph: QuantizedGraph, defined: readonly string[] = []): string {
    const { header, source } = emitModel(graph, 'a test */ of names');
    this.#write({ 'model.h': header, 'model.c': source, 'main.c': exampleProgram(graph) });
    const options = defined.map((name) => `-D${name}`);
    const kernels = `kernels${options.join('')}.o`;
    if (!this.#kernels.has(kernels)) {
      this.#write({ 'nn_int8.h': kernelHeader, 'nn_int8.c': kernelSource });
      this.#compile(['-c', 'nn_int8.c', '-o', kernels, ...options]);
      this.#kernels.add(kernels);
    }
    this.#compile(['main.c', 'model.c', kernels, '-o', 'program', ...options]);
    const { stdout, stderr } = spawnSync(join(this.#path, 'program'), { encoding: 'utf8' });
    return `${stdout}${stderr}`;
  }

  remove(): void {
    rmSync(this.#path, { recursive: true });
  }

  #write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.#path, name), text);
  }

  #compile(args: readonly string[]): void {
    execFileSync(compiler as string, [...FLAGS, ...args], { cwd: this.#path, stdio: 'pipe', encoding: 'utf8' });
  }
}
