import { defineConfig } from '@playwright/test';

// Another port where this one is taken.
const PORT = Number(process.env.TEST_PORT ?? 4319);
/** A name of this machine that browsers do not take for secure, unlike localhost. */
const named = '--host-resolver-rules=MAP class.test 127.0.0.1';
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
// Chromium refuses its sandbox to root, as whom containers run.
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const launch = (...args: string[]) => ({
  launchOptions: { ...(process.env.CHROMIUM && { executablePath: process.env.CHROMIUM }), args: [...quiet, named, ...asRoot, ...args] },
});

/** What `npm run test:long` runs: first the tests that `npm test` leaves out to be short, then those that take long or need the software adapter. */
const which = process.env.BROWSER_TESTS as 'more' | 'long' | undefined;
const long = which === 'long';

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: long ? /\.long\.spec\.ts$/ : /(?<!\.long)\.spec\.ts$/,
  ...(which === 'more' ? { grep: /@more/ } : { grepInvert: /@more/ }),
  outputDir: 'test-results',
  timeout: 180_000,
  expect: { timeout: 60_000 },
  // Two at a time fill each other's waits. Long tests keep the machine busy or measure times, and have it to themselves.
  workers: long ? 1 : 2,
  fullyParallel: !long,
  // A browser on a busy machine is late now and then. What passes only at its second try is named as flaky.
  retries: 1,
  reporter: [['list']],
  // Playwright's routes do not see what a service worker answers, so only the tests of that one have it.
  use: { serviceWorkers: 'block', baseURL: `http://localhost:${PORT}`, screenshot: 'only-on-failure', trace: 'retain-on-failure' },
  // The server that people get; it builds what has changed first.
  webServer: { command: 'node scripts/start.cjs', env: { PORT: String(PORT) }, port: PORT, timeout: 120_000, reuseExistingServer: false },
  projects: [
    { name: 'chromium', testIgnore: /webgpu/, use: launch() },
    ...(long ? [{ name: 'webgpu', testMatch: /webgpu/, use: launch('--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader') }] : []),
  ],
});
