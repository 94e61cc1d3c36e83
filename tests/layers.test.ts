/** Which folder may import from which: checks the arrows of docs/architecture.md against every import. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** The folders and packages that each folder may import. Types may come from any folder in its list. */
const allowed: Readonly<Record<string, { readonly folders: readonly string[]; readonly packages: readonly RegExp[] }>> = {
  'src/core': { folders: [], packages: [/^@tensorflow\/tfjs-core$/, /^valibot$/, /^pure-rand\//, /^fft\.js$/, /^intl-messageformat$/] },
  'src/kernels': { folders: [], packages: [/^@tensorflow\/tfjs-core$/] },
  'src/training': { folders: ['src/core', 'src/kernels'], packages: [/^@tensorflow\/tfjs-core$/] },
  'src/backends': { folders: ['src/core', 'src/kernels', 'workers'], packages: [/^@tensorflow\//, /^node:/, /^webgpu$/] },
  'src/exporters': { folders: ['src/core'], packages: [/^flatbuffers$/, /^fflate$/] },
  'src/importers': { folders: ['src/core'], packages: [/^papaparse$/, /^@noble\/hashes\//, /^fflate$/, /^hyparquet/, /^valibot$/] },
  'src/keep': { folders: ['src/core'], packages: [/^idb$/, /^fflate$/] },
  'src/parity': { folders: ['src/core', 'src/backends'], packages: [/^@tensorflow\/tfjs-core$/, /^valibot$/] },
  'src/protocol': { folders: ['src/core', 'src/backends', 'src/exporters', 'src/importers'], packages: [/^comlink$/] },
  'src/session': {
    folders: ['src/core', 'src/backends', 'src/exporters', 'src/importers', 'src/keep', 'src/protocol'],
    packages: [/^comlink$/, /^valibot$/],
  },
  'src/datasets': { folders: ['src/core', 'src/importers', 'src/protocol'], packages: [] },
  'src/offline': { folders: ['src/protocol'], packages: [] },
  'src/client': { folders: ['src/core', 'src/protocol'], packages: [/^comlink$/] },
  'src/store': { folders: ['src/core', 'src/keep', 'src/protocol', 'src/client', 'src/backends'], packages: [/^zustand/] },
  'src/ui': {
    folders: ['src/core', 'src/keep', 'src/protocol', 'src/client', 'src/store', 'src/backends'],
    packages: [/^react/, /^recharts$/, /^zustand/, /^@dagrejs\/dagre$/],
  },
  'src/check': { folders: ['src/core', 'src/exporters'], packages: [/^node:/, /^@litertjs\/core$/, /^onnxruntime-web$/] },
  'src/cli': {
    folders: ['src/core', 'src/backends', 'src/check', 'src/exporters', 'src/importers', 'src/parity', 'src/training'],
    packages: [/^node:/, /^@tensorflow\/tfjs-core$/, /^sharp$/, /^valibot$/, /^selfsigned$/],
  },
  workers: {
    folders: [
      'src/backends',
      'src/datasets',
      'src/importers',
      'src/keep',
      'src/kernels',
      'src/offline',
      'src/protocol',
      'src/session',
      'src/training',
    ],
    packages: [/^comlink$/, /^@tensorflow\/tfjs-core$/],
  },
};

/** The floors of the core, lowest first: a room may import its own files and everything below it. */
const coreFloors = [
  'src/core/language',
  'src/core',
  'src/core/ops',
  'src/core/network',
  'src/core/cost',
  'src/core/config',
  'src/core/data',
  'src/core/tasks',
  'src/core/quantize',
  'src/core/search/constraints',
  'src/core/search/training',
  'src/core/search/architectures',
  'src/core/search/networks',
  'src/core/search/scores',
  'src/core/search',
  'src/core/strategies',
  'src/core/runs',
] as const;

const files = Object.keys(allowed).flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|\.d\.ts$/.test(name))
    .map((name) => ({ folder, path: join(root, folder, name) })),
);

/** Every static and dynamic import of a file. */
function importsOf(path: string): { from: string; typeOnly: boolean }[] {
  const text = readFileSync(path, 'utf8');
  const statements = [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'|(?:^|\n)\s*import\s+'([^']+)'|import\('([^']+)'\)/g,
    ),
  ];
  return statements.map(([, type, from, effect, dynamic]) => ({
    from: (from ?? effect ?? dynamic) as string,
    typeOnly: type !== undefined,
  }));
}

const isWithin = (folder: string, path: string) => relative(join(root, folder), path).split('/')[0] !== '..';
const folderOf = (path: string) => Object.keys(allowed).find((folder) => isWithin(folder, path));
/** The floor of the innermost room of the core that contains a path; -1 outside. */
const floorOf = (path: string) => {
  const rooms = coreFloors.filter((room) => isWithin(room, path));
  return coreFloors.indexOf(rooms.toSorted((a, b) => b.length - a.length)[0] as (typeof coreFloors)[number]);
};

/** Why an import is not allowed; null if it is. */
function breach(folder: string, path: string, from: string): string | null {
  const rule = allowed[folder];
  if (!from.startsWith('.')) return rule?.packages.some((pattern) => pattern.test(from)) ? null : `package "${from}"`;
  const to = resolve(dirname(path), from);
  const target = folderOf(to);
  if (target === undefined) return `"${from}" leaves the product`;
  if (target !== folder) return rule?.folders.includes(target) ? null : `"${from}" is not for ${folder}`;
  return floorOf(to) <= floorOf(path) ? null : `"${from}" lies above`;
}

describe('imports follow the layers', () => {
  it.each(files.map(({ folder, path }) => [relative(root, path), folder, path] as const))('%s', (_, folder, path) => {
    expect(importsOf(path).flatMap(({ from }) => breach(folder, path, from) ?? [])).toEqual([]);
  });

  it.each([
    ['src/core/cost/macs.ts', '../search/events', 'lies above'],
    ['src/core/search/training/engine.ts', '../architectures/pit', 'lies above'],
    ['src/core/network/plan.ts', '../../kernels/calls', 'is not for src/core'],
    ['src/exporters/network.ts', '../training/engine', 'is not for src/exporters'],
    ['src/training/engine.ts', '../../tests/support/networks', 'leaves the product'],
    ['src/cli/search.ts', '../../bench/bench', 'leaves the product'],
    ['src/ui/App.tsx', 'lodash', 'package'],
  ])('finds an import that was planted: %s from %s', (file, from, what) => {
    const path = join(root, file);
    expect(breach(folderOf(path) as string, path, from)).toContain(what);
  });

  it('sees imports at all', () => {
    expect(importsOf(join(root, 'src/core/network/plan.ts')).map(({ from }) => from)).toContain('../errors');
    expect(importsOf(join(root, 'src/backends/webgpuDevice.ts')).map(({ from }) => from)).toContain('@tensorflow/tfjs-backend-webgpu');
  });
});

/** Folders beside the product, and which of the others each may import; code that two of them need goes to support. */
const beside: Readonly<Record<string, readonly string[]>> = { tests: ['support'], bench: ['support'], support: [] };

/** All files of these folders, and the tests that lie beside their source in src. */
const filesBeside = ['src', ...Object.keys(beside)].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && (folder !== 'src' || /\.test\.tsx?$/.test(name)))
    .map((name) => join(folder, name)),
);

/** Why an import leads outside the folders that its file may import; null if it does not. */
function breachBeside(file: string, from: string): string | null {
  const own = file.startsWith('src/') ? 'tests' : (file.split('/')[0] as string);
  const target = Object.keys(beside).find((folder) => from.startsWith('.') && isWithin(folder, resolve(dirname(join(root, file)), from)));
  return target === undefined || target === own || beside[own]?.includes(target) ? null : `"${from}" is not for ${own}`;
}

describe('tests and benchmarks', () => {
  it('import nothing of each other', () => {
    const found = filesBeside.flatMap((file) =>
      importsOf(join(root, file)).map(({ from }) => ({ file, breach: breachBeside(file, from) })),
    );
    expect(found.length).toBeGreaterThan(500);
    expect(found.filter(({ breach: wrong }) => wrong !== null)).toEqual([]);
  });

  it.each([
    ['tests/cli/output.test.ts', '../../bench/report'],
    ['src/training/fused/webgpu/step.long.test.ts', '../../../../bench/webgpu'],
    ['bench/webgpu.ts', '../tests/support/numbers'],
    ['support/workloads.ts', '../bench/steps'],
  ])('show an import that was planted: %s from %s', (file, from) => {
    expect(breachBeside(file, from)).toContain('is not for');
  });
});

describe('the main thread', () => {
  it('never imports what trains: no operation, no training step, no tfjs at run time', () => {
    const seen = new Set<string>();
    const visit = (path: string) => {
      if (seen.has(path)) return;
      seen.add(path);
      for (const { from, typeOnly } of importsOf(path)) {
        if (typeOnly) continue;
        expect(from, relative(root, path)).not.toMatch(/^@tensorflow\//);
        if (!from.startsWith('.') || from.endsWith('.css')) continue;
        const base = resolve(dirname(path), from);
        const target = [`${base}.ts`, `${base}.tsx`, join(base, 'index.ts')].find((candidate) =>
          files.some((file) => file.path === candidate),
        );
        if (target !== undefined && !from.includes('workers/')) visit(target);
      }
    };
    visit(join(root, 'src/ui/main.tsx'));
    expect(seen.size).toBeGreaterThan(30);
  });
});
