import type { EventKind } from '../event/event.ts';
import { sourceNames } from './eventSources.ts';
import { eventTypeNames } from './eventTypes.ts';
import type { FieldName } from './filter.ts';
import { baseName, type Subject } from './matches.ts';

/**
 * What is known of the process that a filter is asked about. Undefined, or an empty list: unknown, and no clause on it
 * matches; an empty text is a value like others, which `= ""` finds. Each is read when a filter asks for it, and each time
 * again: a getter may make it then, or read it of another row.
 */
export interface SeenProcess {
  /** Paths of all images that count, oldest first. */
  readonly binaries: readonly string[];
  /** Of each image its arguments, as one text. */
  readonly arguments: readonly string[];
  readonly cwd: string;
  readonly execId: string;
  readonly pid: number | undefined;
  readonly uid: number | undefined;
  /** Undefined: on the host. */
  readonly pod: { readonly namespace: string; readonly name: string } | undefined;
  /** Who had it started through the API server, and whom they claimed to be; empty: nobody that the log tells. */
  readonly author: readonly string[];
  /** The name of its container, empty where nobody told it; undefined: in none. */
  readonly container: string | undefined;
}

/** What an agent's rule said. */
export interface SeenAlert {
  readonly rule: string;
  readonly severity: string;
  readonly tags: readonly string[];
  /** The dialect of who said it. */
  readonly source: string;
}

/** A process as drawn: with every image it had, for an exec in place hides nothing. */
export interface SeenCard extends SeenProcess {
  /** Empty: the log does not say. */
  readonly node: string;
  /** Of its own events. */
  readonly kinds: readonly EventKind[];
  /** Those that reported it, by name, one or several a text: found by free text alone. */
  readonly policies: readonly string[];
  /** The dialects that have an id for it. */
  readonly agents: readonly string[];
  readonly alerts: readonly SeenAlert[];
}

/** Whom a process or an event has to do with: of a leaf one address, of an event those that may be the far end, or none. */
export interface SeenRemote {
  readonly names: readonly string[];
  /** An empty address is none. */
  readonly ends: readonly { readonly ip: string; readonly port: number }[];
  /** What somebody judged of it; empty: nobody did. */
  readonly verdict: string;
}

export interface SeenEvent {
  /** The one it happened to, as it was then; undefined: it is of a node, or nobody knows. */
  readonly process: SeenProcess | undefined;
  readonly remote: SeenRemote;
  readonly kind: EventKind;
  /** The log's own name of it. */
  readonly label: string;
  /** Empty: the log does not say. */
  readonly node: string;
  /** What it acted on. */
  readonly subject: string;
  /** The dialect of who tells it. */
  readonly agent: string;
  /** What a rule said of the event itself. */
  readonly alert: SeenAlert | undefined;
  /** Addresses that a resolver answered: found by free text alone, for nobody was called at them yet. */
  readonly answers: readonly string[];
}

/** A process with one of its leaves, or with none, as every filter sees it. */
export function processSubject(card: SeenCard, leaf: SeenRemote | undefined): Subject {
  return {
    values: (field) => {
      switch (field) {
        case 'evt.hostname':
          return card.node === '' ? [] : [card.node];
        case 'evt.type':
          return card.kinds.flatMap(eventTypeNames);
        case 'agent':
          return card.agents;
        case 'evt.source':
          return card.agents.flatMap(sourceNames);
        case 'alert.rule':
        case 'alert.severity':
        case 'alert.tag':
        case 'alert.source':
          return card.alerts.flatMap((alert) => alertValues(field, alert));
        default:
          return valuesOf(field, card, leaf);
      }
    },
    text: () => [...textsOf(card, leaf, card.node), ...card.policies],
  };
}

/** An event as every filter sees it. */
export function eventSubject(event: SeenEvent): Subject {
  return {
    values: (field) => {
      switch (field) {
        case 'evt.hostname':
          // Empty for a log line without a node name: `evt.hostname = ""` finds those.
          return [event.node];
        case 'evt.type':
          return eventTypeNames(event.kind);
        case 'agent':
          return [event.agent];
        case 'evt.source':
          return sourceNames(event.agent);
        case 'alert.rule':
        case 'alert.severity':
        case 'alert.tag':
        case 'alert.source':
          return event.alert === undefined ? [] : alertValues(field, event.alert);
        default:
          return valuesOf(field, event.process, event.remote);
      }
    },
    text: () => [
      ...textsOf(event.process, event.remote, event.node),
      event.subject,
      event.label,
      ...event.answers,
    ],
  };
}

/** What a rule said, alone, as every filter on `alert.*` sees it. */
export function alertSubject(alert: SeenAlert): Subject {
  return {
    values: (field) => {
      switch (field) {
        case 'alert.rule':
        case 'alert.severity':
        case 'alert.tag':
        case 'alert.source':
          return alertValues(field, alert);
        default:
          return [];
      }
    },
    text: () => [],
  };
}

type AlertField = Extract<FieldName, `alert.${string}`>;

function alertValues(field: AlertField, alert: SeenAlert): readonly string[] {
  switch (field) {
    case 'alert.rule':
      return [alert.rule];
    case 'alert.severity':
      return [alert.severity];
    case 'alert.tag':
      return alert.tags;
    case 'alert.source':
      return [alert.source];
  }
}

function valuesOf(
  field: Exclude<FieldName, 'evt.hostname' | 'evt.type' | 'evt.source' | 'agent' | AlertField>,
  process: SeenProcess | undefined,
  remote: SeenRemote | undefined,
): readonly string[] {
  switch (field) {
    case 'proc.name':
      return process?.binaries.map(baseName) ?? [];
    case 'proc.exepath':
      return process?.binaries ?? [];
    case 'proc.args':
      return process?.arguments ?? [];
    case 'proc.pid':
      return known(process?.pid);
    case 'user.uid':
      return known(process?.uid);
    case 'k8s.ns.name':
      return known(process?.pod?.namespace);
    case 'k8s.pod.name':
      return known(process?.pod?.name);
    case 'container.name':
      return known(process?.container);
    case 'fd.sip':
      return remote?.ends.map(({ ip }) => ip).filter((ip) => ip !== '') ?? [];
    case 'fd.sip.name':
      return remote?.names ?? [];
    case 'fd.sport':
      return remote?.ends.map(({ port }) => String(port)) ?? [];
    case 'fd.verdict':
      return remote === undefined || remote.verdict === '' ? [] : [remote.verdict];
    case 'proc.author':
      return process?.author ?? [];
  }
}

/** `node`: where it is, for what is in no pod. */
function textsOf(
  process: SeenProcess | undefined,
  remote: SeenRemote | undefined,
  node: string,
): readonly string[] {
  const pod = process?.pod;
  const texts = [pod === undefined ? node : `${pod.namespace}/${pod.name}`];
  if (process !== undefined) {
    texts.push(...process.binaries, ...process.arguments, process.cwd, process.execId);
    texts.push(process.container ?? '', ...known(process.pid));
  }
  if (remote !== undefined) {
    texts.push(...remote.names);
    for (const { ip, port } of remote.ends) texts.push(ip, String(port));
  }
  return texts;
}

function known(value: string | number | undefined): readonly string[] {
  return value === undefined ? [] : [String(value)];
}
