import '../api/schemasWithoutEval.ts';
import type { Root } from 'react-dom/client';

/** Loads the app after what must come before it: a bundler may run a chunk's schemas ahead of an import beside them. */
export async function boot(root: Root): Promise<void> {
  const { startApp } = await import('./startApp.tsx');
  startApp(root);
}
