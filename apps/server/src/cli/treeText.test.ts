import type { TreeNode } from '@forebear/model/wire/tree';
import { expect, it } from 'vitest';
import { plainInk } from './ink.ts';
import { nodeSegments } from './treeText.ts';

const cat: TreeNode = {
  ref: 'r',
  parentRef: null,
  depth: 1,
  execId: 'x',
  dialect: 'tetragon',
  kind: 'exec',
  binary: '/bin/cat',
  arguments: '/run/token',
  cwd: '/',
  pid: 7,
  nsPid: null,
  uid: 1000,
  auid: null,
  user: '',
  flags: [],
  policies: [],
  startTime: null,
  end: 'unknown',
  endTime: null,
  exit: null,
  container: null,
  pod: null,
  role: '',
  lateByMs: null,
  lateBase: null,
  isNew: null,
  loud: false,
  linkMethod: 'exec_id',
  suspect: null,
  images: [],
  ids: [],
  lookups: [],
  connections: [],
  alerts: [],
  alertCount: 0,
  maxSeverity: null,
  author: null,
  count: 1,
  members: [],
  periodMs: null,
};

function wordsOf(flags: readonly string[]): string {
  const look = { ink: plainInk, lateLimitMs: 60_000 };
  return nodeSegments({ ...cat, flags: [...flags] }, look)
    .map(({ text }) => text)
    .join(' ');
}

it('says of a process that a policy of the agent reported it', () => {
  expect(wordsOf(['policy_hit'])).toMatch(/ POLICY$/);
  expect(wordsOf([])).not.toContain('POLICY');
});
