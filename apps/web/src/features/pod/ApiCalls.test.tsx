// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultView } from '../../url/view.ts';
import { ApiCalls } from './ApiCalls.tsx';

afterEach(cleanup);

const call = {
  auditId: 'a',
  time: '2026-04-21T13:11:00.131250000Z',
  verb: 'get',
  resource: 'secrets',
  namespace: 'shop',
  name: 'key',
  user: 'system:serviceaccount:shop:web',
  userAgent: 'curl/8.14.1',
  decision: 'allow',
  code: 200,
};

describe('the API calls of a process', () => {
  it('say verb, resource and decision, the forbidden one in words', () => {
    const refused = {
      ...call,
      auditId: 'b',
      verb: 'list',
      name: '',
      code: 403,
      decision: 'forbid',
    };
    const answer = { apiCalls: [call, refused], apiCallCount: 7 };
    const { container } = render(<ApiCalls answer={answer} view={defaultView} />);
    const text = container.textContent;
    expect(text).toContain('7 API calls, 1 refused');
    expect(text).toContain('get secrets shop/key200');
    expect(text).toContain('list secrets in shop403 FORBIDDEN');
    expect(text).toContain('The first 2 are here.');
  });

  it('are not there when there are none', () => {
    const answer = { apiCalls: [], apiCallCount: 0 };
    expect(render(<ApiCalls answer={answer} view={defaultView} />).container.textContent).toBe('');
  });
});
