import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { HttpDeps } from '../deps.ts';
import type { App } from '../typedApp.ts';

/** Probes for machines. Readiness means that the default case answers. */
export function healthRoutes(app: App, deps: HttpDeps): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const records = new Gauge({
    name: 'forebear_records',
    help: 'Records by case and outcome.',
    labelNames: ['case', 'outcome'],
    registers: [registry],
  });
  const size = new Gauge({
    name: 'forebear_case_bytes',
    help: 'Bytes on disk by case.',
    labelNames: ['case'],
    registers: [registry],
  });

  app.get('/healthz', { schema: { hide: true } }, async () => ({
    status: 'ok',
    version: deps.version,
  }));

  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const opened = await deps.cases.open('default', { create: true });
    return reply.code(opened.ok ? 200 : 503).send({ status: opened.ok ? 'ready' : 'not ready' });
  });

  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    for (const item of await deps.cases.list()) {
      size.set({ case: item.name }, item.sizeBytes);
      const opened = await deps.cases.open(item.name);
      if (!opened.ok) continue;
      const totals = new Map<string, number>();
      for (const { ledger } of await opened.value.queries.sources()) {
        for (const [outcome, count] of Object.entries(ledger))
          totals.set(outcome, (totals.get(outcome) ?? 0) + count);
      }
      for (const [outcome, count] of totals) records.set({ case: item.name, outcome }, count);
    }
    return reply.header('content-type', registry.contentType).send(await registry.metrics());
  });
}
