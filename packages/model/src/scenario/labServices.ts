import { type Lab, SERVICES, type Workload } from './lab.ts';
import { after } from './timeline.ts';
import type { ScenarioProcess } from './writer.ts';

const REGISTRY = 'registry.example/jobs-app';
const GUNICORN = '/usr/local/bin/gunicorn';
const JAVA = '/usr/share/elasticsearch/jdk/bin/java';

/** The long-running pods of the lab, started, and those of their processes that serve. */
export type Services = {
  readonly coreapi: Workload;
  /** gunicorn's workers: forked at +81 s, never executed. */
  readonly workers: readonly ScenarioProcess[];
  readonly crawler: Workload;
  /** The crawler's second image, in place of its entrypoint. */
  readonly crawlerNode: ScenarioProcess;
  readonly elasticsearch: Workload;
  readonly java: ScenarioProcess;
  readonly recruiter: Workload;
  readonly jobposting: Workload;
  readonly jobpostingNode: ScenarioProcess;
  readonly loaderNode: ScenarioProcess;
  readonly kafka: ScenarioProcess;
  readonly resumes: Workload;
};

/** Starts every pod that lives through the whole log. Times are seconds after the installation. */
export function startServices(lab: Lab): Services {
  const crawler = startNode(lab, 25, 'crawler', '10.244.0.31');
  const coreapi = startCoreapi(lab);
  const elasticsearch = startElasticsearch(lab);
  const jobposting = startNode(lab, 29, 'jobposting', '10.244.0.35');
  const loader = startNode(lab, 44, 'loader', '10.244.0.36');
  const recruiter = lab.startPod(
    27,
    { app: 'recruiter', ip: '10.244.0.37', image: `${REGISTRY}/recruiter:v0.9.2`, inPlace: true },
    { binary: '/usr/local/bin/node', arguments: 'recruiter.js', cwd: '/usr/src/app', uid: 1000 },
  );
  lab.traffic.listen(recruiter.main, after(recruiter.main.start, 0.8), 8080);
  return {
    coreapi: coreapi.workload,
    workers: coreapi.workers,
    crawler: crawler.workload,
    crawlerNode: crawler.node,
    elasticsearch: elasticsearch.workload,
    java: elasticsearch.java,
    recruiter,
    jobposting: jobposting.workload,
    jobpostingNode: jobposting.node,
    loaderNode: loader.node,
    kafka: startBrokers(lab),
    resumes: startResumes(lab),
  };
}

/** docker-entrypoint.sh, then node in place 1.33 ms later. */
function startNode(lab: Lab, seconds: number, app: string, ip: string) {
  const workload = lab.startPod(
    seconds,
    { app, ip, image: `${REGISTRY}/${app}:v0.9.2` },
    entrypointOf(app),
  );
  return { workload, node: becomeNode(lab, workload, app) };
}

function entrypointOf(app: string) {
  const script = '/usr/local/bin/docker-entrypoint.sh';
  return {
    binary: script,
    arguments: `${script} node ${app}.js`,
    cwd: '/usr/src/app',
    uid: 1000,
  };
}

function becomeNode(lab: Lab, workload: Workload, app: string): ScenarioProcess {
  return lab.machine.replace(workload.main, {
    at: after(workload.main.start, 0.00133),
    binary: '/usr/local/bin/node',
    arguments: `${app}.js`,
  });
}

function startCoreapi(lab: Lab) {
  const workload = lab.startPod(
    31,
    { app: 'coreapi', ip: '10.244.0.32', image: `${REGISTRY}/coreapi:v0.9.2` },
    {
      binary: '/opt/app/entrypoint.sh',
      arguments: '/opt/app/entrypoint.sh serve',
      cwd: '/opt/app',
    },
  );
  const master = lab.machine.spawn(workload.main, {
    at: after(workload.main.start, 0.0017),
    binary: GUNICORN,
    arguments: `${GUNICORN} --preload -w 4 -b 0.0.0.0:9080 app:start()`,
  });
  lab.traffic.listen(master, after(master.start, 80.9), 9080);
  const workers = [0, 1, 2, 3].map((index) =>
    lab.machine.fork(master, after(master.start, 81.3 + index * 0.0417)),
  );
  return { workload, workers };
}

function startElasticsearch(lab: Lab) {
  const { machine, traffic } = lab;
  const workload = lab.startPod(
    58,
    {
      app: 'elasticsearch-master',
      ip: '10.244.0.33',
      image: 'registry.example/search/elasticsearch:8.9.1',
      workloadKind: 'StatefulSet',
    },
    {
      binary: '/bin/tini',
      arguments: '-- /usr/local/bin/docker-entrypoint.sh eswrapper',
      cwd: '/usr/share/elasticsearch',
      uid: 1000,
    },
  );
  const script = machine.spawn(workload.main, {
    at: after(workload.main.start, 0.009),
    binary: '/usr/local/bin/docker-entrypoint.sh',
    arguments: '/usr/local/bin/docker-entrypoint.sh eswrapper',
  });
  const java = machine.replace(script, {
    at: after(script.start, 1.21),
    binary: JAVA,
    arguments:
      '-Xms1g -Xmx1g -Des.path.home=/usr/share/elasticsearch org.elasticsearch.bootstrap.Elasticsearch',
  });
  machine.spawn(java, {
    at: after(java.start, 7.4),
    binary: '/usr/share/elasticsearch/modules/x-pack-ml/bin/controller',
  });
  traffic.listen(java, after(java.start, 11.2), 9300);
  traffic.listen(java, after(java.start, 12.7), SERVICES.elasticsearch.port);
  return { workload, java };
}

function startBrokers(lab: Lab): ScenarioProcess {
  const zookeeper = lab.startPod(
    33,
    {
      app: 'zookeeper',
      workload: 'jobs-app-zookeeper',
      workloadKind: 'StatefulSet',
      ip: '10.244.0.38',
      image: 'registry.example/stream/zookeeper:3.8.2',
    },
    { binary: '/usr/bin/java', arguments: '-Xmx256m QuorumPeerMain zoo.cfg', uid: 1001 },
  );
  const kafka = lab.startPod(
    39,
    {
      app: 'kafka',
      workload: 'jobs-app-kafka',
      workloadKind: 'StatefulSet',
      ip: '10.244.0.39',
      image: 'registry.example/stream/kafka:3.6.0',
    },
    { binary: '/usr/bin/java', arguments: '-Xmx512m kafka.Kafka server.properties', uid: 1001 },
  );
  lab.traffic.listen(zookeeper.main, after(zookeeper.main.start, 2.1), 2181);
  lab.traffic.listen(kafka.main, after(kafka.main.start, 6.3), SERVICES.kafka.port);
  lab.traffic.converse({
    client: kafka.main,
    clientIp: kafka.pod.ip,
    at: after(kafka.main.start, 3.1),
    to: { ip: zookeeper.pod.ip, port: 2181 },
    server: { process: zookeeper.main, at: { ip: zookeeper.pod.ip, port: 2181 } },
    sent: 41822,
    received: 39017,
    seconds: 470,
    open: true,
  });
  return kafka.main;
}

/** Crashes four times for want of its object store: each instance has its own id and clock. */
function startResumes(lab: Lab): Workload {
  let workload = lab.startPod(
    36,
    { app: 'resumes', ip: '10.244.0.40', image: `${REGISTRY}/resumes:v0.9.2` },
    entrypointOf('resumes'),
  );
  for (const seconds of [52, 81, 139, 246]) {
    const node = becomeNode(lab, workload, 'resumes');
    lab.askOutside(node, after(node.start, 1.9), 'minio.minio.svc.cluster.local', []);
    if (seconds === 139) lab.machine.exit(node, after(node.start, 6.2), { signal: 'SIGKILL' });
    else lab.machine.exit(node, after(node.start, 4.4), { status: 1 });
    workload = lab.restart(workload, seconds, entrypointOf('resumes'));
  }
  becomeNode(lab, workload, 'resumes');
  return workload;
}
