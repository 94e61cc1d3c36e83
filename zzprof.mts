import { performance } from 'node:perf_hooks';
import { heapBytes, readIntervalMs, startBackend } from './src/backends/backend';
import { nodeBackends } from './src/backends/node';
import { nodeKernels } from './src/backends/nodeKernels';
import { shapeDataset } from './src/core/data/shapes';
import { Search } from './src/core/search/search';
import { trainingSteps } from './src/training/trainingSteps';
import { imageClassification } from './src/core/tasks/imageClassification';
import { cellAt } from './src/cli/evaluation/grid';
const dataset = shapeDataset(1600, 500);
const backend = await startBackend('wasm', nodeBackends);
const deps: any = { host: { now: () => performance.now(), readIntervalMs: 0, heapBytes, pause: () => new Promise<void>((r) => setImmediate(r)) }, createStep: trainingSteps(process.argv[3]==='1'?{...nodeKernels,threads:1}:nodeKernels) };
const method = (process.argv[2] ?? 'supernet') as any;
const cell = cellAt(10, method, 0.5, 0.5, 1);
const config: any = { ...imageClassification.presets.quick, task: 'ic', device: 'gap8', method, targets: cell.targets, objective: null, augment: true, randomSeed: 1, seedNetwork: false };
const search = new Search(config, dataset, { targets: cell.targets, revision: 0, eager: false } as any, deps);
const t0 = performance.now(); let last = t0; const sums: any = {};
for await (const e of search.run() as any) {
  const now = performance.now(); const key = e.kind + ' ' + (e.phase ?? e.of ?? '');
  (sums[key] ??= { n: 0, ms: 0 }); sums[key].n++; sums[key].ms += now - last; last = now;
}
console.log(method, 'total', ((performance.now() - t0)/1000).toFixed(2));
for (const [k, v] of Object.entries<any>(sums)) console.log(k.padEnd(24), v.n, (v.ms/1000).toFixed(2));
