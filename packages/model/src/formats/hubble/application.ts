import type { DnsDetail } from '../../event/event.ts';
import { isAddress } from '../address.ts';
import { lookupName } from '../names.ts';
import {
  countOf,
  isObject,
  type JsonObject,
  listOf,
  objectOf,
  oneLine,
  textOf,
  textsOf,
} from '../read.ts';
import { type FlowEnds, l7TypeOf } from './ends.ts';

/** What a flow of L7 says beyond its ends. */
export type Application =
  | { readonly protocol: 'dns'; readonly dns: DnsDetail; readonly subject: string | undefined }
  | {
      readonly protocol: 'http' | 'kafka';
      readonly subject: string | undefined;
      /** The host that was asked for; empty when not told or a bare address. */
      readonly host: string;
    };

/** Reads the application's part of a flow; undefined when there is none that we know. */
export function applicationOf(flow: JsonObject, ends: FlowEnds): Application | undefined {
  const l7 = objectOf(flow.l7);
  const dns = objectOf(l7?.dns);
  if (dns !== undefined) return dnsOf(dns, flow, ends);
  const http = objectOf(l7?.http);
  if (http !== undefined) return httpOf(http);
  const kafka = objectOf(l7?.kafka);
  if (kafka === undefined) return undefined;
  const words = ['kafka', textOf(kafka.api_key), textOf(kafka.topic)];
  const subject = oneLine(words.filter((word) => word !== undefined).join(' '));
  return { protocol: 'kafka', subject, host: '' };
}

function dnsOf(dns: JsonObject, flow: JsonObject, ends: FlowEnds): Application {
  const query = lookupName(textOf(dns.query) ?? '');
  const names = query === '' ? [] : [query];
  const code = countOf(dns.rcode) ?? 0;
  const types = new Set([...textsOf(dns.qtypes), ...textsOf(dns.rrtypes)]);
  return {
    protocol: 'dns',
    subject: names[0],
    dns: {
      response: l7TypeOf(flow) === 'RESPONSE',
      rcode: code <= 65_535 ? code : 0,
      names,
      ips: textsOf(dns.ips).map((ip) => ip.toLowerCase()),
      types: [...types],
      resolverIp: ends.destination.ip,
      resolverPort: ends.destination.port,
    },
  };
}

/** `GET http://shop/cart`, of a response with its code behind. */
function httpOf(http: JsonObject): Application {
  const url = textOf(http.url);
  const code = countOf(http.code) ?? 0;
  const method = textOf(http.method)?.toUpperCase();
  const words = [
    method,
    url === undefined ? undefined : withoutPassword(url),
    code === 0 ? undefined : String(code),
  ].filter((word) => word !== undefined);
  const subject = words.length === 0 ? undefined : oneLine(words.join(' '));
  return { protocol: 'http', subject, host: hostOf(url ?? '') || hostHeaderOf(http) };
}

/** Who asks in a URL is nobody's business in a list of events. */
function withoutPassword(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]{0,20}:\/\/)[^/?#]*@/i, '$1*****@');
}

function hostOf(url: string): string {
  const authority = /^[a-z][a-z0-9+.-]{0,20}:\/\/([^/?#]*)/i.exec(url)?.[1] ?? '';
  return bareHost(authority.slice(authority.lastIndexOf('@') + 1));
}

function hostHeaderOf(http: JsonObject): string {
  for (const header of listOf(http.headers)) {
    if (!isObject(header)) continue;
    const key = textOf(header.key)?.toLowerCase();
    if (key === 'host' || key === ':authority') return bareHost(textOf(header.value) ?? '');
  }
  return '';
}

/** Without the port; empty for an address, which is no name. */
function bareHost(host: string): string {
  if (host.startsWith('[')) return '';
  const name = host.replace(/:\d{1,5}$/, '');
  return isAddress(name) ? '' : lookupName(name);
}
