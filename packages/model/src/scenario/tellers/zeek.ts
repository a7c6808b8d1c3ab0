import { type Nanos, nanos } from '../../event/time.ts';
import type { ScenarioPod } from '../cluster.ts';
import type { Endpoint, Happening, Lookup, Talk } from '../happening.ts';
import type { Random } from '../random.ts';
import { after } from '../timeline.ts';
import type { Logged } from './logged.ts';
import { connText, dnsText, sslText, uidOf } from './zeekRecord.ts';

/**
 * What a Zeek beside each pod of `namespace` writes, as a folder per pod: conn, dns and ssl. It listens at the pod's interface:
 * services still have their own address there, the other pod's Zeek sees the same conversation under another uid. A
 * conversation is written when it is over, one that is still open at `logEnd`.
 */
export function tellZeek(
  happenings: readonly Happening[],
  namespace: string,
  logEnd: Nanos,
  random: Random,
): Logged[] {
  const logged: Logged[] = [];

  function write(pod: ScenarioPod, stream: string, written: Nanos, text: string): void {
    const path = `zeek/${pod.name}/${stream}.log`;
    logged.push({ path, dialect: 'zeek', written, text, about: [] });
  }

  function watch(pod: ScenarioPod | undefined, talk: Talk, at: Nanos, server: Endpoint): void {
    if (pod === undefined || pod.namespace !== namespace || talk.from.ip.startsWith('127.')) return;
    const uid = uidOf(random);
    const ends = { uid, client: talk.from, server };
    const late = BigInt(random.between(2_000, 60_000));
    const seen = (time: Nanos): Nanos => nanos(time + late);
    for (const lookup of talk.lookups) tellLookup(pod, lookup, seen, ends);
    if (talk.serverName !== undefined) {
      const time = after(at, 0.004);
      write(pod, 'ssl', seen(after(at, 0.011)), sslText(seen(time), ends, talk.serverName));
    }
    const { written, ...course } = courseOf(talk, at, logEnd);
    const text = connText({ ...ends, ...course, time: seen(at), service: serviceOf(talk, server) });
    write(pod, 'conn', written, text);
  }

  function tellLookup(
    pod: ScenarioPod,
    lookup: Lookup,
    seen: (time: Nanos) => Nanos,
    ends: { readonly uid: string; readonly client: Endpoint; readonly server: Endpoint },
  ): void {
    const time = seen(lookup.askedAt);
    const transaction = random.between(1, 65_535);
    const text = dnsText({ ...ends, ...lookup, time, transaction });
    write(pod, 'dns', seen(lookup.answeredAt), text);
  }

  for (const happening of happenings) {
    if (happening.what !== 'talk') continue;
    const { talk, process, at } = happening;
    watch(process.container?.pod, talk, at, talk.to);
    if (talk.server !== undefined) {
      watch(talk.server.process.container?.pod, talk, after(at, 0.0002), talk.server.at);
    }
  }
  return logged;
}

function serviceOf(talk: Talk, server: Endpoint): string | undefined {
  if (talk.lookups.length > 0) return 'dns';
  if (talk.serverName !== undefined || server.port === 443) return 'ssl';
  return talk.sent > 0 && (server.port === 9200 || server.port === 9080) ? 'http' : undefined;
}

/** How it went and when Zeek is sure that it is over. */
function courseOf(talk: Talk, at: Nanos, logEnd: Nanos) {
  const { sent, received, end } = talk;
  const bytes = { sent, received };
  if (talk.denied) {
    const refused = { sent: 0, received: 0, state: 'S0', history: 'S', duration: 3_050_000n };
    return { ...refused, written: after(at, 8.05) };
  }
  const duration = (end - at) / 1_000n;
  if (talk.protocol === 'UDP') {
    return { ...bytes, duration, state: 'SF', history: 'Dd', written: after(end, 10) };
  }
  if (talk.open) {
    return { ...bytes, duration, state: 'S1', history: 'ShADad', written: logEnd };
  }
  return { ...bytes, duration, state: 'SF', history: 'ShADadFf', written: after(end, 5) };
}
