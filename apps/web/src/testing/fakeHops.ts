import type { HopItem } from '@forebear/model/wire/network';
import { at, crawler, search } from './fakeData.ts';
import { refOf } from './fakeTree.ts';

type End = HopItem['from'];

const java: End = {
  ref: refOf(search.pod, 3),
  namespace: search.namespace,
  pod: search.pod,
  binary: '/usr/share/elasticsearch/jdk/bin/java',
  pid: 3_120,
  lateNew: false,
  outOfPlace: [],
  lateByMs: 60,
};

function crawlerEnd(row: number, binary: string, lateByMs: number, lateNew: boolean): End {
  const { namespace, pod } = crawler;
  return {
    ref: refOf(pod, row),
    namespace,
    pod,
    binary,
    pid: 21_000 + row * 7,
    lateNew,
    outOfPlace: [],
    lateByMs,
  };
}

const coreapi: End = {
  ref: refOf('coreapi-cd8c6f9b4-h9llr', 4),
  namespace: 'tenant-jobs',
  pod: 'coreapi-cd8c6f9b4-h9llr',
  binary: '/usr/local/bin/gunicorn',
  pid: 7_004,
  lateNew: false,
  outOfPlace: [],
  lateByMs: 81_300,
};

function hop(over: Pick<HopItem, 'from' | 'to'> & Partial<HopItem>): HopItem {
  return {
    port: 9200,
    protocol: 'TCP',
    firstSeen: at(4_000),
    lastSeen: at(600_000),
    bytesSent: '7142',
    bytesReceived: '304125',
    evidence: 'connect and accept with the same addresses and ports',
    confidence: 'certain',
    ...over,
  };
}

/** Hops of the incident, by first seen, as the API answers them: invented. */
export const hops: readonly HopItem[] = [
  hop({ from: coreapi, to: java }),
  hop({
    from: crawlerEnd(4, '/usr/local/bin/node', 812, false),
    to: coreapi,
    port: 9080,
    firstSeen: at(9_000),
    evidence:
      'through 10.96.71.40:9080: accepted with the caller’s address and port; owner of the listening socket',
    confidence: 'likely',
  }),
  hop({
    from: crawlerEnd(25, '/usr/bin/curl', 331_020, true),
    to: java,
    firstSeen: at(331_100),
    bytesSent: '412',
    bytesReceived: '4802113',
    evidence: 'through 10.96.148.21:9200: accepted with the caller’s address and port',
    confidence: 'likely',
  }),
  hop({
    from: crawlerEnd(27, '/usr/bin/curl', 351_400, true),
    to: { ...java, binary: '/usr/bin/evil\u202Egnp' },
    port: 9300,
    firstSeen: null,
    lastSeen: null,
    bytesSent: '0',
    bytesReceived: '0',
    evidence: 'connect to an address and port that this process listens on; no accept seen',
    confidence: 'inferred',
  }),
];
