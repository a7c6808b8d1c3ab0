import { type ContainerFact, type PodFact, podKey } from '@forebear/model/event/facts';
import { nanos } from '@forebear/model/event/time';
import { mergeContainerFact, mergePodFact } from '@forebear/model/graph/facts/mergeFacts';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containerFactOfRow, podFactOfRow } from '../layout/podRow.ts';
import { migrate } from '../layout/schema.ts';
import { type ContainerWords, PodTable, type PodWords } from './podTable.ts';

const word = fc.constantFrom('', 'a', 'b');
const saidOfPod = fc.record({ labels: word, workload: word, workloadKind: word });
const saidOfContainer = fc.record({
  pod: fc.constantFrom('', 'c/n/p/u'),
  name: word,
  imageId: word,
  imageName: word,
  startTime: fc.constantFrom(1n, 2n),
  privileged: fc.constantFrom(1, 2),
});

function podOf({ labels, workload, workloadKind }: PodWords): PodFact {
  return {
    cluster: 'c',
    namespace: 'n',
    name: 'p',
    uid: 'u',
    labels: labels === '' ? [] : [labels],
    ...(workload === '' ? {} : { workload }),
    ...(workloadKind === '' ? {} : { workloadKind }),
  };
}

function containerOf({
  pod,
  name,
  imageId,
  imageName,
  startTime,
  privileged,
}: ContainerWords): ContainerFact {
  return {
    cluster: 'c',
    id: 'container',
    pod,
    name,
    ...(imageId === '' ? {} : { imageId }),
    ...(imageName === '' ? {} : { imageName }),
    startTime: nanos(startTime),
    privileged: privileged === 2,
  };
}

describe('what is said again in the same words', () => {
  it('leaves a pod the join of all that was said of it, in one batch or several', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(saidOfPod, fc.boolean()), { minLength: 1 }), (all) => {
        const db = new Database(':memory:');
        migrate(db);
        const table = new PodTable(db);
        for (const [words, isLast] of all) {
          const fact = podOf(words);
          const id = table.saidOfPod(podKey(fact), words) ?? table.merge(fact, words);
          expect(id).toBe(1);
          if (isLast) table.flush();
        }
        table.flush();
        const rows = db.prepare<[], Parameters<typeof podFactOfRow>[0]>('SELECT * FROM pods').all();
        const joined = all.map(([words]) => podOf(words)).reduce(mergePodFact);
        expect(rows.map(podFactOfRow)).toEqual([joined]);
        db.close();
      }),
    );
  });

  it('leaves a container the join of all that was said of it, and none of what was rolled back', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(saidOfContainer, fc.boolean()), { minLength: 1 }), (all) => {
        const db = new Database(':memory:');
        migrate(db);
        const table = new PodTable(db);
        const say = (words: (typeof all)[number][0]) => {
          // A record that names a container's pod is taken with the pod first.
          if (words.pod !== '') table.merge(podOf({ labels: '', workload: '', workloadKind: '' }));
          if (!table.isSaidOfContainer('c', 'container', words))
            table.mergeContainer(containerOf(words), words);
        };
        for (const [words, isUndone] of all) {
          say(words);
          if (isUndone) {
            table.reload();
            say(words);
          }
          table.flush();
        }
        const rows = db
          .prepare<[], Parameters<typeof containerFactOfRow>[0]>('SELECT * FROM containers')
          .safeIntegers()
          .all();
        const joined = all.map(([words]) => containerOf(words)).reduce(mergeContainerFact);
        expect(rows.map((row) => containerFactOfRow(row, table.keys))).toEqual([joined]);
        db.close();
      }),
    );
  });
});
