import type { WireConnection } from '@forebear/model/wire/connections';
import { evidenceWords } from '@forebear/model/words/evidenceWords';
import { randomNameMark } from '@forebear/model/words/nameWords';
import { podWords } from '@forebear/model/words/podWords';
import { verdictMark } from '@forebear/model/words/verdictWords';
import { countText, trafficText } from './figures.ts';
import type { Ink } from './ink.ts';
import { printable } from './printable.ts';
import type { Segment } from './segments.ts';

/** A leaf: `-> name:port  tcp  tx 4.6 MiB  rx 1.2 KiB  EXTERNAL RANDOM NAME`, and the process at its other end. */
export function leafSegments(leaf: WireConnection, ink: Ink): Segment[] {
  const isQuestion = leaf.scope === 'dns';
  const near = isQuestion ? ink.faint : ink.name;
  const title: Segment = { text: leafTitle(leaf), style: leaf.external ? ink.external : near };
  const { peer } = leaf;
  const facing =
    peer === null
      ? ''
      : `${leaf.direction === 'inbound' ? '<-' : '->'} ${printable(`${podWords(peer.namespace, peer.pod)} ${peer.binary}`)}`;
  const marks = [
    ...(leaf.external ? ['EXTERNAL'] : []),
    ...(leaf.randomName ? [randomNameMark] : []),
  ];
  return [
    title,
    { text: printable(leaf.protocol), style: ink.faint },
    { text: leaf.count > 1 ? `×${countText(leaf.count)}` : '', style: ink.faint },
    { text: traffic(leaf), ...(isQuestion ? { style: ink.faint } : {}) },
    { text: verdictText(leaf), style: ink.bad },
    { text: marks.join(' '), style: leaf.randomName ? ink.loud : ink.external },
    { text: facing, style: ink.strong },
    { text: leaf.name === null ? '' : aside(leaf), style: ink.faint, elastic: true },
  ];
}

/** `DROPPED (POLICY_DENIED)`; empty where nothing hindered it. */
function verdictText({ verdict, verdictReason }: WireConnection): string {
  const mark = verdictMark(verdict);
  return printable(mark === '' || verdictReason === '' ? mark : `${mark} (${verdictReason})`);
}

/** `-> name:port`, `<- address :port`, `listens :port`. */
function leafTitle(leaf: WireConnection): string {
  const place = endpointText(leaf.name, leaf.ip, leaf.port);
  switch (leaf.direction) {
    case 'outbound':
      return `-> ${place}`;
    case 'inbound':
      return `<- ${printable(leaf.name ?? leaf.ip)} on :${leaf.port}`;
    case 'listen':
      return `listens on ${endpointText(null, leaf.ip, leaf.port)}`;
  }
}

/** `name:port`, an address when there is no name, brackets around IPv6. */
export function endpointText(name: string | null, ip: string, port: number): string {
  const host = name ?? (ip.includes(':') ? `[${ip}]` : ip);
  return `${printable(host)}:${port}`;
}

function traffic(leaf: WireConnection): string {
  if (leaf.bytesSent === null && leaf.bytesReceived === null) return '';
  return `tx ${trafficText(leaf.bytesSent)}  rx ${trafficText(leaf.bytesReceived)}`;
}

function aside(leaf: WireConnection): string {
  const how = leaf.nameEvidence === '' ? '' : `, ${evidenceWords(leaf.nameEvidence)}`;
  return printable(`${leaf.ip}${how}`);
}
