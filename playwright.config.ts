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

/** What `npm test` leaves out to be short; of it, what measures the page or keeps all cores busy has the machine to itself. */
const long = /\.long\.spec\.ts|@more/;
const alone = /@alone/;
/** `npm run test:long` asks for both, one after the other. */
const which = process.env.BROWSER_TESTS as 'long' | 'alone' | undefined;

export default defineConfig({
  testDir: 'tests/e2e',
  ...(which === 'alone' ? { grep: alone } : which === 'long' ? { grep: long, grepInvert: alone } : { grepInvert: long }),
  outputDir: 'test-results',
  timeout: 180_000,
  expect: { timeout: 60_000 },
  // Two at a time fill each other's waits.
  workers: which === 'alone' ? 1 : 2,
  fullyParallel: true,
  // A browser on a busy machine is late now and then. What passes only at its second try is named as flaky.
  retries: 1,
  reporter: [['list']],
  // Playwright's routes do not see what a service worker answers, so only the tests of that one have it.
  use: { serviceWorkers: 'block', baseURL: `http://localhost:${PORT}`, screenshot: 'only-on-failure', trace: 'retain-on-failure' },
  // The server that people get; it builds what has changed first.
  webServer: { command: 'node scripts/start.cjs', env: { PORT: String(PORT) }, port: PORT, timeout: 120_000, reuseExistingServer: false },
  projects: [
    { name: 'chromium', testIgnore: /webgpu/, use: launch() },
    { name: 'webgpu', testMatch: /webgpu/, use: launch('--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader') },
  ],
});
