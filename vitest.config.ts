import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { defineConfig } from 'vitest/config';

// Threads that run source let Node strip its types, in WebAssembly. Where many do, V8 now and then frees the code of a call from there
// into JavaScript that another thread still holds, and the process dies (WasmEngine::FreeDeadCode): such code is not made anew here.
setFlagsFromString('--wasm-wrapper-tiering-budget=2000000000');

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'], externalConditions: ['source'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'],
    environment: 'node',
    pool: 'threads',
    // One core is kept free by default: of two that is half of the machine.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A stop for what hangs, not a measure: properties take half a minute alone, and several times that on a machine that others use.
    testTimeout: 300_000,
    hookTimeout: 120_000,
    execArgv: ['--conditions=source'],
  },
});
