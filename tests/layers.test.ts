/** Which folder may import from which: the arrows of docs/architecture.md, checked against every import there is. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** What each folder may import: other folders, and packages. Types may come from anywhere that a folder lists. */
const allowed: Readonly<Record<string, { readonly folders: readonly string[]; readonly packages: readonly RegExp[] }>> = {
  'src/core': { folders: [], packages: [/^@tensorflow\/tfjs-core$/, /^valibot$/, /^pure-rand\//] },
  'src/kernels': { folders: [], packages: [/^@tensorflow\/tfjs-core$/] },
  'src/training': { folders: ['src/core', 'src/kernels'], packages: [/^@tensorflow\/tfjs-core$/] },
  'src/backends': { folders: ['src/core', 'src/kernels'], packages: [/^@tensorflow\//, /^node:/, /^webgpu$/] },
  'src/importers': { folders: ['src/core'], packages: [/^papaparse$/] },
  'src/parity': { folders: ['src/core', 'src/backends'], packages: [/^@tensorflow\/tfjs-core$/, /^valibot$/] },
  'src/protocol': { folders: ['src/core', 'src/backends'], packages: [/^comlink$/] },
  'src/session': { folders: ['src/core', 'src/backends', 'src/importers', 'src/protocol'], packages: [/^comlink$/] },
  'src/client': { folders: ['src/core', 'src/protocol'], packages: [/^comlink$/] },
  'src/store': { folders: ['src/core', 'src/protocol', 'src/client', 'src/backends'], packages: [/^zustand/] },
  'src/ui': {
    folders: ['src/core', 'src/protocol', 'src/client', 'src/store', 'src/backends'],
    packages: [/^react/, /^recharts$/, /^zustand/, /^@dagrejs\/dagre$/],
  },
  'src/cli': {
    folders: ['src/core', 'src/backends', 'src/importers', 'src/parity', 'src/training'],
    packages: [/^node:/, /^@tensorflow\/tfjs-core$/],
  },
  workers: {
    folders: ['src/backends', 'src/kernels', 'src/protocol', 'src/session', 'src/training'],
    packages: [/^comlink$/, /^@tensorflow\/tfjs-core$/],
  },
};

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

const folderOf = (path: string) => Object.keys(allowed).find((folder) => relative(join(root, folder), path).split('/')[0] !== '..');

describe('imports follow the layers', () => {
  it.each(files.map(({ folder, path }) => [relative(root, path), folder, path] as const))('%s', (_, folder, path) => {
    const rule = allowed[folder];
    for (const { from } of importsOf(path)) {
      if (!from.startsWith('.')) {
        expect(
          rule?.packages.some((pattern) => pattern.test(from)),
          `package "${from}"`,
        ).toBe(true);
        continue;
      }
      const target = folderOf(resolve(dirname(path), from));
      if (target !== undefined && target !== folder) expect(rule?.folders, `"${from}"`).toContain(target);
    }
  });

  it('sees imports at all', () => {
    expect(importsOf(join(root, 'src/core/network/plan.ts')).map(({ from }) => from)).toContain('../errors');
    expect(importsOf(join(root, 'src/backends/webgpuDevice.ts')).map(({ from }) => from)).toContain('@tensorflow/tfjs-backend-webgpu');
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
