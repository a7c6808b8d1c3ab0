import { describe, expect, it } from 'vitest';
import { dialects } from '../../event/dialects.ts';
import { type AgentRecord, agentFacts } from '../testing/agentTold.ts';
import { factsOf, storyOf } from '../testing/told.ts';

const agents = dialects.flatMap((dialect) => (dialect === 'tetragon' ? [] : [dialect]));

const master: AgentRecord = {
  does: 'exec',
  at: 10,
  pid: 200,
  binary: '/app',
  container: 'aaaaaaaaaaaa',
  pod: 'shop/web',
};
/** Forked before the log began: only a connection tells of it. */
const worker: AgentRecord = {
  does: 'acts',
  at: 100,
  pid: 201,
  binary: '/app',
  ppid: 200,
  parentBinary: '/app',
};

function workerOf(records: readonly AgentRecord[]) {
  const { processes } = storyOf({ ...factsOf([]), ...agentFacts(records) }).derived;
  return processes.find(({ pid }) => pid === 201);
}

describe.each(agents)('a record of %s', (dialect) => {
  it.each(['acts', 'exec'] as const)(
    'that names no container is no move out of it (%s)',
    (does) => {
      const found = workerOf([
        { ...master, dialect },
        { ...worker, dialect, does },
      ]);
      expect(found).toMatchObject({ pod: 0, suspect: '' });
      expect(found?.flags.map(({ code }) => code)).not.toContain('left_container');
    },
  );

  it('that says that no container holds the process is one', () => {
    const found = workerOf([
      { ...master, dialect },
      { ...worker, dialect, onHost: true },
    ]);
    expect(found?.flags.map(({ code }) => code)).toContain('left_container');
  });
});
