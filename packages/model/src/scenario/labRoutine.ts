import { type Lab, NAMESPACE, SERVICES } from './lab.ts';
import type { Services } from './labServices.ts';
import type { EntrySpec } from './runtime.ts';
import { after } from './timeline.ts';
import type { ScenarioProcess } from './writer.ts';

/** The log ends this many seconds after the installation. */
const LOG_SECONDS = 545;

/** What the application does all day: calls, probes, a job every half minute, and one operator. */
export function runRoutine(lab: Lab, services: Services): { operatorShell: ScenarioProcess } {
  searchFromWorkers(lab, services);
  callCoreapi(lab, services);
  crawl(lab, services);
  consume(lab, services);
  probeElasticsearch(lab, services);
  refreshCache(lab, services);
  return { operatorShell: inspectRecruiter(lab, services) };
}

/** gunicorn's workers search Elasticsearch through its service address. */
function searchFromWorkers(lab: Lab, services: Services): void {
  const { at, random, traffic } = lab;
  for (const [index, worker] of services.workers.entries()) {
    for (let second = 121 + index * 9; second < LOG_SECONDS - 10; second += 36) {
      const asked = lab.askService(
        worker,
        at(second),
        'elasticsearch-master',
        SERVICES.elasticsearch.ip,
      );
      traffic.converse({
        client: worker,
        clientIp: services.coreapi.pod.ip,
        at: after(asked, 0.001),
        to: SERVICES.elasticsearch,
        names: random.chance(0.7) ? [`elasticsearch-master.${NAMESPACE}.svc.cluster.local.`] : [],
        server: searchEnd(services),
        sent: random.between(240, 900),
        received: random.between(1200, 64000),
        seconds: random.between(20, 400) / 1000,
      });
    }
  }
}

/** The accepting end of a call to Elasticsearch. */
export function searchEnd(services: Services) {
  const ip = services.elasticsearch.pod.ip;
  return { process: services.java, at: { ip, port: SERVICES.elasticsearch.port } };
}

function callCoreapi(lab: Lab, services: Services): void {
  const { at, random, traffic } = lab;
  const { recruiter, workers } = services;
  for (let second = 118; second < LOG_SECONDS - 10; second += 21) {
    const asked = lab.askService(recruiter.main, at(second), 'coreapi', SERVICES.coreapi.ip);
    const worker = random.pick(workers);
    traffic.converse({
      client: recruiter.main,
      clientIp: recruiter.pod.ip,
      at: after(asked, 0.001),
      to: SERVICES.coreapi,
      names: [`coreapi.${NAMESPACE}.svc.cluster.local.`],
      server: { process: worker, at: { ip: services.coreapi.pod.ip, port: SERVICES.coreapi.port } },
      sent: random.between(180, 620),
      received: random.between(900, 22000),
      seconds: 0.31,
    });
  }
}

/** The crawler reads a job board outside: an external destination it has from the start. */
function crawl(lab: Lab, services: Services): void {
  const name = 'boards.jobfeed.example';
  for (let second = 32; second < LOG_SECONDS - 10; second += 31) {
    const { crawler, crawlerNode } = services;
    const asked = lab.askOutside(crawlerNode, lab.at(second), name, ['198.51.100.24']);
    lab.traffic.converse({
      client: crawlerNode,
      clientIp: crawler.pod.ip,
      at: after(asked, 0.001),
      to: { ip: '198.51.100.24', port: 443 },
      // Half of the connections are named by their TLS server name and DNS alone.
      names: second % 2 === 0 ? [`${name}.`] : [],
      sent: lab.random.between(700, 1900),
      received: lab.random.between(20000, 90000),
      seconds: 1.1,
      sni: name,
    });
  }
}

/** The loader reads from Kafka over two connections that stay open. */
function consume(lab: Lab, services: Services): void {
  const { loaderNode, kafka } = services;
  const name = `jobs-app-kafka-0.jobs-app-kafka-brokers.${NAMESPACE}.svc.cluster.local.`;
  for (const second of [49, 50]) {
    lab.traffic.converse({
      client: loaderNode,
      clientIp: loaderNode.container?.pod.ip ?? '',
      at: lab.at(second),
      to: SERVICES.kafka,
      names: [name],
      server: { process: kafka, at: { ip: kafka.container?.pod.ip ?? '', port: 9092 } },
      sent: 96210 + second,
      received: 1840224,
      seconds: 460,
      open: true,
    });
  }
}

/** The readiness probe: a shell and a curl every ten seconds, over loopback. */
function probeElasticsearch(lab: Lab, services: Services): void {
  const { machine, runtime, traffic } = lab;
  const { elasticsearch, java } = services;
  const script = 'curl -sf http://127.0.0.1:9200/_cluster/health?timeout=1s';
  const entry: EntrySpec = {
    binary: '/bin/sh',
    arguments: `-c "${script}"`,
    cwd: '/usr/share/elasticsearch',
    uid: 1000,
    probe: true,
  };
  for (let second = 78; second < LOG_SECONDS - 5; second += 10) {
    const { shim, container } = elasticsearch;
    const shell = runtime.enter(shim, container, lab.at(second), entry);
    const curl = machine.spawn(shell, {
      at: after(shell.start, 0.003),
      binary: '/usr/bin/curl',
      arguments: '-sf http://127.0.0.1:9200/_cluster/health?timeout=1s',
      probe: true,
    });
    const loopback = { ip: '127.0.0.1', port: 9200 };
    traffic.converse({
      client: curl,
      clientIp: '127.0.0.1',
      at: after(curl.start, 0.005),
      to: loopback,
      server: { process: java, at: loopback },
      sent: 98,
      received: 512,
      seconds: 0.011,
    });
    machine.exit(curl, after(curl.start, 0.02));
    machine.exit(shell, after(curl.start, 0.022));
  }
}

/** A job that runs every half minute from the start: late ones are nothing new. */
function refreshCache(lab: Lab, services: Services): void {
  const { machine, traffic } = lab;
  const { jobposting, jobpostingNode } = services;
  const script = '/usr/src/app/bin/refresh-cache.sh';
  for (let second = 41; second < LOG_SECONDS - 5; second += 30) {
    const shell = machine.spawn(jobpostingNode, {
      at: lab.at(second),
      binary: script,
      arguments: `${script} --since ${1773738700 + second}`,
    });
    const curl = machine.spawn(shell, {
      at: after(shell.start, 0.006),
      binary: '/usr/bin/curl',
      arguments: `-s http://coreapi:9080/v1/jobs?since=${1773738700 + second}`,
    });
    const asked = lab.askService(curl, after(curl.start, 0.004), 'coreapi', SERVICES.coreapi.ip);
    // Before gunicorn's workers exist nobody answers.
    const served = second > 114;
    const worker = lab.random.pick(services.workers);
    const end = { ip: services.coreapi.pod.ip, port: SERVICES.coreapi.port };
    traffic.converse({
      client: curl,
      clientIp: jobposting.pod.ip,
      at: after(asked, 0.001),
      to: SERVICES.coreapi,
      names: [`coreapi.${NAMESPACE}.svc.cluster.local.`],
      ...(served ? { server: { process: worker, at: end } } : {}),
      sent: served ? 132 : 0,
      received: served ? lab.random.between(900, 4000) : 0,
      seconds: 0.12,
    });
    machine.exit(curl, after(asked, 0.13), { status: served ? 0 : 7 });
    machine.exit(shell, after(asked, 0.132));
  }
}

/** Somebody looks around in the recruiter through `kubectl exec`. */
function inspectRecruiter(lab: Lab, services: Services): ScenarioProcess {
  const { machine, runtime } = lab;
  const { shim, container } = services.recruiter;
  const shell = runtime.enter(shim, container, lab.at(268), {
    binary: '/bin/bash',
    cwd: '/usr/src/app',
    uid: 1000,
  });
  let second = 6;
  for (const [binary, text] of [
    ['/bin/ls', '-la'],
    ['/bin/ps', 'aux'],
    ['/usr/bin/tail', '-n 50 /usr/src/app/recruiter.log'],
  ] as const) {
    const child = machine.spawn(shell, {
      at: after(shell.start, second),
      binary,
      arguments: text,
    });
    machine.exit(child, after(child.start, 0.019));
    second += 9;
  }
  machine.exit(shell, after(shell.start, 41), { status: 130 });
  return shell;
}
