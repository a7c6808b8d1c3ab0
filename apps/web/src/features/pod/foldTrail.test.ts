import { describe, expect, it } from 'vitest';
import { foldTrail } from './foldTrail.ts';

const hop = (pod: string, ref = `${pod}-ref`) => ({ namespace: 'shop', pod, ref });

describe('the trail of hops', () => {
  it('says each process once, with how often it was left, first and last', () => {
    const [web, db] = [hop('web'), hop('db')];
    expect(foldTrail([web, db, web, db, web])).toEqual([
      { hop: web, times: 3, first: 0, last: 4 },
      { hop: db, times: 2, first: 1, last: 3 },
    ]);
  });

  it('keeps two processes of one pod apart', () => {
    expect(foldTrail([hop('web', 'a'), hop('web', 'b')])).toHaveLength(2);
  });

  it('is as it was when nothing repeats', () => {
    expect(foldTrail([hop('web'), hop('db')]).map(({ times }) => times)).toEqual([1, 1]);
    expect(foldTrail([])).toEqual([]);
  });
});
