import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import isolation from './scripts/isolation.json' with { type: 'json' };

const policy = isolation['Content-Security-Policy'];

/** Writes the policy into the built page as well, for hosts that set no headers. `frame-ancestors` works in a header only. */
const policyInPage: Plugin = {
  name: 'policy-in-page',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: policy.replace(/; frame-ancestors [^;]*/, '') },
      injectTo: 'head-prepend',
    },
  ],
};

export default defineConfig({
  // The page's own addresses are relative, so that it can lie in any folder of a host.
  base: './',
  plugins: [react(), policyInPage],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    chunkSizeWarningLimit: 1500,
    // What the first view needs is one file rather than sixty, each of which a browser would ask for by itself.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'index', tags: ['$initial'] }] } } },
  },
  // Shared memory, and with it threads in WASM, exists only where the page is isolated from other origins. While it is developed, the page has a
  // script in its text, which loads changed components.
  server: {
    headers: { ...isolation, 'Content-Security-Policy': policy.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'") },
  },
});
