import { expect, it } from 'vitest';
import type { AlertItem } from '../../api/answers.ts';
import { countedFacets, facetsOf, withChosen } from './facets.ts';

const alert: AlertItem = {
  id: 'e1',
  time: null,
  source: 'falco',
  rule: 'a',
  severity: 'Notice',
  severityWord: 'Notice',
  tags: ['container', 'T1059', 'T1059'],
  output: '',
  action: '',
  enforcer: '',
  result: '',
  blocked: false,
  kind: 'alert',
  subject: '',
  process: null,
  pod: '',
  namespace: '',
  node: '',
  cluster: '',
};

it('facets count each value once an alert: severities gravest first, tags of catalogues first', () => {
  const alerts = [
    alert,
    alert,
    { ...alert, severity: 'Critical' as const, source: 'kubearmor', tags: ['container'] },
  ];
  expect(facetsOf(alerts)).toEqual({
    severities: [
      { value: 'Critical', count: 1 },
      { value: 'Notice', count: 2 },
    ],
    agents: [
      { value: 'falco', count: 2 },
      { value: 'kubearmor', count: 1 },
    ],
    rules: [{ value: 'a', count: 3 }],
    tags: [
      { value: 'T1059', count: 2 },
      { value: 'container', count: 3 },
    ],
  });
});

it('what there is none of is no choice, unless it is chosen', () => {
  expect(countedFacets(['a', 'b', 'c'], [0, 2, 0], ['c'])).toEqual([
    { value: 'b', count: 2 },
    { value: 'c', count: 0 },
  ]);
  expect(withChosen([{ value: 'b', count: 2 }], ['b', 'c'])).toEqual([
    { value: 'b', count: 2 },
    { value: 'c', count: 0 },
  ]);
});
