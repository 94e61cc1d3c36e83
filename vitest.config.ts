import { configDefaults, defineConfig } from 'vitest/config';

const long = '**/*.long.test.ts';

/** `vitest run --mode long` runs what `npm test` leaves out. */
export default defineConfig(({ mode }) => ({
  test: {
    ...(mode === 'long'
      ? { include: [long] }
      : { include: ['src/**/*.test.ts', 'tests/**/*.test.ts'], exclude: [...configDefaults.exclude, long] }),
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Training tests keep a core busy each; more files at a time than cores would only slow each other.
    maxWorkers: '100%',
  },
}));
