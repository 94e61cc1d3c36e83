import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Training tests keep a core busy each; more files at a time than cores would only slow each other.
    maxWorkers: '100%',
  },
});
