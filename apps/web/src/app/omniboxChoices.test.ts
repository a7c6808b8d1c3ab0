import { describe, expect, it } from 'vitest';
import { pods } from '../testing/fakeData.ts';
import { defaultView } from '../url/view.ts';
import { choicesFor } from './omniboxChoices.ts';

const cases = ['default', 'ir-114'].map((name) => ({
  name,
  sources: 1,
  sizeBytes: 1,
  events: 1,
  processes: 1,
  firstTime: null,
  lastTime: null,
}));
const around = { caseName: 'ir-114', view: { ...defaultView, filter: 'old' }, pods, cases };
const kinds = (draft: string) =>
  choicesFor(draft, around).map(({ kind, text }) => `${kind} ${text}`);

describe('a text in the omnibox', () => {
  it('is a filter first, then the pods that are named like it', () => {
    expect(kinds('crawler')).toEqual([
      'filter crawler',
      'pod tenant-jobs/crawler-556db57cd7-tkvfd',
    ]);
  });

  it('is a pod after @ and a page or another case after >', () => {
    expect(kinds('@kafka')).toEqual(['pod tenant-jobs/jobs-app-kafka-0']);
    expect(kinds('>')).toEqual([
      'page Overview',
      'page Alerts',
      'page Destinations',
      'page Lateral movement',
      'page Conversations',
      'page Events',
      'page Health',
      'case default',
    ]);
  });

  it('is never taken for a pattern', () => {
    expect(() => choicesFor('[(*+?', around)).not.toThrow();
    expect(kinds('[(')).toEqual(['filter [(']);
  });

  it('leads into a pod and takes the filter and the time along', () => {
    const pod = choicesFor('@crawler', around)[0];
    expect(pod !== undefined && 'target' in pod ? pod.target : undefined).toMatchObject({
      to: '/c/$case/p/$namespace/$pod',
      params: { namespace: 'tenant-jobs', pod: 'crawler-556db57cd7-tkvfd' },
    });
    expect(JSON.stringify(pod)).toContain('old');
  });

  it('finds only cases where no case is open', () => {
    const found = choicesFor('ir', { ...around, caseName: undefined, pods: [] });
    expect(found.map(({ kind, text }) => `${kind} ${text}`)).toEqual(['case ir-114']);
  });
});
