import type { Nanos } from '../../event/time.ts';
import type { ApiCall } from '../apiCall.ts';
import { after } from '../timeline.ts';
import type { Cast, Part } from './cast.ts';

/** Terminals have major number 136. */
const PTS0 = 136 << 8;
/** Seconds after the beginning. */
const LISTING = 120;
const BREAK_IN = 300;

/** An operator of the shop lists the index, without a terminal. */
export function lookAround(cast: Cast, search: Part) {
  const began = cast.at(LISTING);
  const { runtime, machine } = search.host;
  const listing = runtime.enter(search.shim, search.container, after(began, 0.14), {
    binary: '/bin/ls',
    arguments: '-la /usr/share/search/data',
    cwd: '/usr/share/search',
    uid: 1000,
  });
  machine.exit(listing, after(listing.start, 0.021));
  const listingCall = execCall(search, began, ['ls', '-la', '/usr/share/search/data'], {
    user: { username: 'dana@shop.example', groups: ['shop-operators', 'system:authenticated'] },
    sourceIps: ['192.0.2.14'],
    seconds: 0.31,
  });
  cast.calls.push(listingCall);
  return { listing, listingCall };
}

/** Stolen credentials of a build account, which may act as an administrator. */
export function breakIn(cast: Cast, checkout: Part) {
  const began = cast.at(BREAK_IN);
  const { runtime } = checkout.host;
  const shell = runtime.enter(checkout.shim, checkout.container, after(began, 0.18), {
    binary: '/bin/bash',
    cwd: '/usr/src/app',
    uid: 1000,
    tty: PTS0,
  });
  const shellCall = execCall(checkout, began, ['bash'], {
    user: { username: 'ci-deployer@shop.example', groups: ['ci', 'system:authenticated'] },
    impersonated: {
      username: 'platform-admin@shop.example',
      groups: ['system:masters', 'system:authenticated'],
    },
    sourceIps: ['198.51.100.77'],
    seconds: 140.4,
  });
  cast.calls.push(shellCall);
  return { shell, shellCall };
}

type Caller = Pick<ApiCall, 'user' | 'impersonated' | 'sourceIps'> & { readonly seconds: number };

function execCall(part: Part, at: Nanos, command: readonly string[], caller: Caller): ApiCall {
  const { pod, container } = part;
  const { seconds, ...who } = caller;
  const hasTerminal = command.length === 1;
  const words = command.map((word) => `command=${encodeURIComponent(word)}`).join('&');
  const input = hasTerminal ? '&stdin=true&stdout=true&tty=true' : '&stdout=true&stderr=true';
  const name = `namespaces/${pod.namespace}/pods/${pod.name}`;
  return {
    at,
    ...who,
    userAgent: 'kubectl/v1.34.1 (linux/amd64) kubernetes/93248f9',
    verb: hasTerminal ? 'get' : 'create',
    uri: `/api/v1/${name}/exec?${words}&container=${container.name}${input}`,
    objectRef: {
      resource: 'pods',
      namespace: pod.namespace,
      name: pod.name,
      apiVersion: 'v1',
      subresource: 'exec',
    },
    code: 101,
    reason: 'RBAC: allowed by ClusterRoleBinding "platform-admins" of ClusterRole "cluster-admin"',
    session: { seconds, pod, container: container.name, command },
  };
}
