import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = 'http://127.0.0.1:4747';
// The server answers its own host and origin only, so the proxy speaks as one of its pages.
const api = { '/api': { target: server, changeOrigin: true, headers: { origin: server } } };

/** What the server answers with; `vite preview` sends it too, so that a build can be tried under it. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types forebear',
].join('; ');

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  resolve: {
    // The model is read from source. An alias and no `source` condition: react-aria names a `source`
    // that it does not publish.
    alias: [
      {
        find: /^@forebear\/model\/(.+)$/,
        replacement: fileURLToPath(new URL('../../packages/model/src/', import.meta.url)) + '$1.ts',
      },
    ],
  },
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // A small font inlined as data: would be refused by font-src 'self'.
    assetsInlineLimit: 0,
    sourcemap: true,
  },
  server: { host: '127.0.0.1', port: 5173, proxy: api },
  preview: {
    host: '127.0.0.1',
    port: 4173,
    proxy: api,
    headers: { 'Content-Security-Policy': contentSecurityPolicy },
  },
});
