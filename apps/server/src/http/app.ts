import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import fastifySwagger from '@fastify/swagger';
import Fastify from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { HttpDeps } from './deps.ts';
import { guardRequest } from './guard.ts';
import { securityHeaders } from './headers.ts';
import { boundLeftBody } from './leftBody.ts';
import { answerError, problemBodyOf, statusOf } from './problems.ts';
import { alertRoutes } from './routes/alerts.ts';
import { callRoutes } from './routes/calls.ts';
import { caseRoutes } from './routes/cases.ts';
import { conversationRoutes } from './routes/conversations.ts';
import { docsRoutes } from './routes/docs.ts';
import { eventRoutes } from './routes/events.ts';
import { healthRoutes } from './routes/health.ts';
import { ingestRoutes } from './routes/ingest.ts';
import { inventoryRoutes } from './routes/inventory.ts';
import { networkRoutes } from './routes/network.ts';
import { processRoutes } from './routes/processes.ts';
import { sampleRoutes } from './routes/samples.ts';
import { sourceRoutes } from './routes/sources.ts';
import { streamRoutes } from './routes/stream.ts';
import { treeRoutes } from './routes/tree.ts';
import { webRoutes } from './routes/web.ts';
import type { App } from './typedApp.ts';

/** Builds the HTTP application. It does not listen; `inject` works, but only a socket passes the guard. */
export async function buildApp(deps: HttpDeps): Promise<App> {
  const app = Fastify({
    logger: loggerOf(deps),
    forceCloseConnections: true,
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 512 },
    frameworkErrors: answerError,
    // The guard and the headers stand before Fastify: before routing, static files, streams and malformed URLs.
    serverFactory: (handler) => {
      const server = createServer((request, response) => {
        boundLeftBody(request, response);
        if (!passes(deps, request, response)) return;
        for (const [name, value] of Object.entries(securityHeaders))
          response.setHeader(name, value);
        handler(request, response);
      });
      server.headersTimeout = 10_000;
      server.requestTimeout = 0;
      server.maxConnections = 2_000;
      return server;
    },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  // With a web app its routes answer for what is not found: Fastify takes one handler per prefix.
  if (deps.webRoot === undefined) {
    app.setNotFoundHandler((_request, reply) => {
      void reply
        .code(404)
        .send(problemBodyOf({ code: 'unknown_route', message: 'There is no such call.' }));
    });
  }
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Forebear',
        version: deps.version,
        description: 'Who started this process, when, and whom did it talk to.',
      },
    },
    transform: jsonSchemaTransform,
  });
  const routes = [
    healthRoutes,
    docsRoutes,
    caseRoutes,
    sourceRoutes,
    ingestRoutes,
    sampleRoutes,
    inventoryRoutes,
    treeRoutes,
    processRoutes,
    eventRoutes,
    alertRoutes,
    callRoutes,
    networkRoutes,
    conversationRoutes,
    streamRoutes,
    webRoutes,
  ];
  for (const register of routes)
    await app.register(async (scope) => register(scope.withTypeProvider<ZodTypeProvider>(), deps));
  return app;
}

function loggerOf({ log, logTo }: HttpDeps) {
  if (!log) return false;
  return logTo === undefined ? { level: 'warn' } : { level: 'warn', stream: logTo };
}

function passes(deps: HttpDeps, request: IncomingMessage, response: ServerResponse): boolean {
  const verdict = guardRequest(
    { method: request.method ?? '', target: request.url ?? '', rawHeaders: request.rawHeaders },
    { hosts: deps.hosts() },
  );
  if (verdict.ok) return true;
  response.writeHead(statusOf(verdict.code), {
    ...securityHeaders,
    'content-type': 'application/json; charset=utf-8',
    connection: 'close',
  });
  response.end(JSON.stringify(problemBodyOf({ code: verdict.code, message: verdict.message })));
  return false;
}
