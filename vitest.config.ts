import { configDefaults, defineConfig } from 'vitest/config';

const long = '**/*.long.test.ts';
/** Tests of training steps, or that change the graphics device or start programs. */
const heavy = ['src/training/**/*.test.ts', 'src/cli/evaluation/**/*.test.ts', 'tests/**/*.test.ts'];

/** `vitest run --mode long` runs what `npm test` leaves out. */
export default defineConfig(({ mode }) => ({
  test: {
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Training tests keep a core busy each; more files at a time than cores would only slow each other.
    maxWorkers: '100%',
    ...(mode === 'long'
      ? // Programs that are started and killed are late now and then; a second try is named in the output.
        { include: [long], retry: 1 }
      : {
          projects: [
            { extends: true, test: { name: 'heavy', include: heavy, exclude: [...configDefaults.exclude, long] } },
            // Most of a small file's time goes into loading tfjs, so these share what one of them has loaded.
            {
              extends: true,
              test: { name: 'light', include: ['src/**/*.test.ts'], exclude: [...configDefaults.exclude, long, ...heavy], isolate: false },
            },
          ],
        }),
  },
}));
