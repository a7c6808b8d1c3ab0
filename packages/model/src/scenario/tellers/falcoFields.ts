import type { Nanos } from '../../event/time.ts';
import type { ScenarioContainer } from '../cluster.ts';
import type { ScenarioProcess } from '../writer.ts';
import type { FalcoFields } from './falcoRecord.ts';
import type { Json } from './json.ts';
import type { Life, Lives } from './lives.ts';

/** How many ancestors the rules of this cluster print. */
const LEVELS = 4;

/** Falco asks the runtime about a new container only when it sees it: its first records know the id alone. */
const METADATA_DELAY = 150_000_000n;

/** What `/etc/passwd` of the images says. */
const USERS: Readonly<Record<number, string>> = { 0: 'root', 1000: 'app', 65532: 'nonroot' };

/** Every field of a process, its parent and its ancestors that the rules of this cluster print. */
export function processFields(lives: Lives, image: ScenarioProcess, at: Nanos): FalcoFields {
  const life = lives.of(image);
  const ancestors = lives.ancestorsAt(life, at);
  const parent = ancestors[0];
  const parentImage = parent === undefined ? undefined : lives.imageAt(parent, at);
  return {
    ...identityFields(life, parent),
    'proc.vpid': image.insidePid === 0 ? image.pid : image.insidePid,
    'proc.name': nameOf(image),
    'proc.exepath': image.binary,
    'proc.cmdline': commandOf(image),
    'proc.args': image.arguments,
    'proc.cwd': image.cwd.endsWith('/') ? image.cwd : `${image.cwd}/`,
    'proc.tty': image.tty,
    'proc.pname': parentImage === undefined ? null : nameOf(parentImage),
    'proc.pexepath': parentImage?.binary ?? null,
    'proc.pcmdline': parentImage === undefined ? null : commandOf(parentImage),
    ...ancestorFields(lives, ancestors, at),
    'user.name': USERS[image.uid] ?? null,
    'user.uid': image.uid,
    'user.loginuid': -1,
    'group.gid': image.uid,
    ...containerFields(image.container, at),
  };
}

/** What `append_output` adds to every alert: whose it is. */
function identityFields(life: Life, parent: Life | undefined): FalcoFields {
  return {
    'proc.pid': life.pid,
    'proc.pid.ts': life.born,
    'proc.ppid': parent?.pid ?? null,
    'proc.ppid.ts': parent?.born ?? null,
  };
}

function ancestorFields(lives: Lives, ancestors: readonly Life[], at: Nanos): FalcoFields {
  const fields: Record<string, Json> = {};
  for (let level = 1; level <= LEVELS; level += 1) {
    const ancestor = ancestors[level - 1];
    const image = ancestor === undefined ? undefined : lives.imageAt(ancestor, at);
    fields[`proc.aname[${level}]`] = image === undefined ? null : nameOf(image);
    fields[`proc.apid[${level}]`] = ancestor?.pid ?? null;
    fields[`proc.aexepath[${level}]`] = image?.binary ?? null;
    fields[`proc.acmdline[${level}]`] = image === undefined ? null : commandOf(image);
  }
  return fields;
}

function containerFields(container: ScenarioContainer | undefined, at: Nanos): FalcoFields {
  if (container === undefined) return { 'container.id': 'host' };
  const { pod, image } = container;
  const colon = image.lastIndexOf(':');
  const known = at - container.start > METADATA_DELAY;
  const labels = Object.entries(pod.labels).map(([key, value]) => `${key}:${value}`);
  return {
    'container.id': container.id.slice(0, 12),
    'container.name': known ? container.name : null,
    'container.image.repository': known ? image.slice(0, colon) : null,
    'container.image.tag': known ? image.slice(colon + 1) : null,
    'container.privileged': known ? false : null,
    'container.start_ts': known ? container.start : null,
    'k8s.ns.name': known ? pod.namespace : null,
    'k8s.pod.name': known ? pod.name : null,
    'k8s.pod.uid': known ? pod.uid : null,
    'k8s.pod.labels': known ? labels.join(', ') : null,
  };
}

/** comm: the base name, cut by the kernel. */
export function nameOf(image: ScenarioProcess): string {
  return image.binary.slice(image.binary.lastIndexOf('/') + 1).slice(0, 15);
}

function commandOf(image: ScenarioProcess): string {
  return image.arguments === '' ? nameOf(image) : `${nameOf(image)} ${image.arguments}`;
}
