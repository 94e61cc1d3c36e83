import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import isolation from './scripts/isolation.json' with { type: 'json' };

export default defineConfig({
  plugins: [react()],
  worker: {
    format: 'es',
    // tfjs's threaded WASM build starts its threads from the source text of one of its functions, which refers to a variable
    // outside of it by name; renaming variables would break that.
    rolldownOptions: { output: { minify: { mangle: false, compress: false } } },
  },
  build: { target: 'es2023', chunkSizeWarningLimit: 1500 },
  // Shared memory, and with it threads in WASM, exists only where the page is isolated from other origins.
  server: { headers: isolation },
});
