/** Runs .tflite files on LiteRT's CPU kernels in Node. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runInThisContext } from 'node:vm';

/** The parts of LiteRT's bindings that int8 tensors need; its public tensors know no int8. */
interface Bindings {
  readonly HEAPU8: Uint8Array;
  _malloc(size: number): number;
  loadModel(environment: unknown, at: number, size: number): LoadedModel;
  compileModel(environment: unknown, model: LoadedModel, options: unknown): Promise<CompiledModel>;
  readonly LiteRtTensorBuffer: { createManaged(environment: unknown, kind: unknown, type: unknown, bytes: number): TensorBuffer };
  readonly LiteRtTensorBufferType: { readonly HOST_MEMORY: unknown };
  readonly LiteRtTensorBufferLockMode: { readonly READ: unknown; readonly WRITE: unknown };
}
interface LoadedModel {
  getInputTensorType(signature: number, index: number): unknown;
  delete(): void;
}
interface CompiledModel {
  run(signature: number, inputs: TensorBuffer[]): Promise<TensorBuffer[]>;
  delete(): void;
}
interface TensorBuffer {
  lock(mode: unknown): number;
  unlock(): void;
  packedSize(): number;
  delete(): void;
}

interface LiteRt {
  readonly bindings: Bindings;
  readonly environment: unknown;
}

let loaded: Promise<LiteRt> | null = null;

async function load(): Promise<LiteRt> {
  const require = createRequire(import.meta.url);
  const folder = join(dirname(require.resolve('@litertjs/core')), '..', 'wasm');
  // Its loader expects a worker, and the names of CommonJS.
  Object.assign(globalThis, {
    self: globalThis,
    require,
    __dirname: folder,
    __filename: join(folder, 'x.js'),
    importScripts: (url: string) => runInThisContext(readFileSync(url, 'utf8'), { filename: url }) as unknown,
  });
  const { loadLiteRt } = await import('@litertjs/core');
  const library = (await loadLiteRt(`${folder}/`)) as unknown as {
    liteRtWasm: Bindings;
    getDefaultEnvironment(): { liteRtEnvironment: unknown };
  };
  return { bindings: library.liteRtWasm, environment: library.getDefaultEnvironment().liteRtEnvironment };
}

/** All outputs of the file for each input. */
export async function runLiteRt(file: Uint8Array, inputs: readonly Int8Array[]): Promise<Int8Array[][]> {
  const { bindings, environment } = await quietly(() => (loaded ??= load()));
  return quietly(async () => {
    const at = bindings._malloc(file.length);
    bindings.HEAPU8.set(file, at);
    const model = bindings.loadModel(environment, at, file.length);
    const compiled = await bindings.compileModel(environment, model, { accelerator: 'wasm' });
    const type = model.getInputTensorType(0, 0);
    const { READ, WRITE } = bindings.LiteRtTensorBufferLockMode;
    const results: Int8Array[][] = [];
    for (const input of inputs) {
      const buffer = bindings.LiteRtTensorBuffer.createManaged(
        environment,
        bindings.LiteRtTensorBufferType.HOST_MEMORY,
        type,
        input.length,
      );
      bindings.HEAPU8.set(new Uint8Array(input.buffer, input.byteOffset, input.length), buffer.lock(WRITE));
      buffer.unlock();
      const outputs = await compiled.run(0, [buffer]);
      results.push(
        outputs.map((output) => {
          const start = output.lock(READ);
          const values = Int8Array.from(new Int8Array(bindings.HEAPU8.buffer, start, output.packedSize()));
          output.unlock();
          output.delete();
          return values;
        }),
      );
      buffer.delete();
    }
    compiled.delete();
    model.delete();
    return results;
  });
}

/** LiteRT tells every step on the console. */
async function quietly<Made>(make: () => Promise<Made>): Promise<Made> {
  const kept = { ...console };
  const silent = () => {};
  Object.assign(console, { log: silent, info: silent, warn: silent, error: silent, debug: silent });
  try {
    return await make();
  } finally {
    Object.assign(console, kept);
  }
}
