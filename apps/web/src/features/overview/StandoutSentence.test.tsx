// @vitest-environment jsdom
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { render, screen } from '@testing-library/react';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { destinations, pods } from '../../testing/fakeData.ts';
import { defaultView } from '../../url/view.ts';
import { StandoutSentence } from './StandoutSentence.tsx';
import { filteredScopeWords, randomNames, standoutOf } from './standout.ts';

// The router scrolls when it arrives; jsdom cannot.
beforeAll(() => vi.stubGlobal('scrollTo', () => undefined));
afterAll(() => vi.unstubAllGlobals());

/** Where the last sentence leads for the names that it does not say. */
let leadsToMore: string | null | undefined;

/** The sentence under a filter, where its links lead somewhere. */
async function sentence(filter: string, called = destinations, shown = pods): Promise<string> {
  const component = () => (
    <StandoutSentence
      caseName="lab"
      view={{ ...defaultView, filter }}
      standout={standoutOf(shown)}
      agents={['zeek']}
      random={randomNames(called)}
      isSoFar={false}
      isNaming={false}
    />
  );
  const history = createMemoryHistory({ initialEntries: ['/'] });
  const router = createRouter({ routeTree: createRootRoute({ component }), history });
  const { unmount } = render(<RouterProvider router={router} />);
  const link = await screen.findByRole('link', { name: destinations[0]?.name ?? '' });
  expect(link.getAttribute('href')).toContain('/c/lab/dst');
  const text = link.closest('p')?.textContent ?? '';
  leadsToMore = screen.queryByRole('link', { name: /^\d+ more$/ })?.getAttribute('href');
  unmount();
  return text;
}

describe('the sentence of what stands out', () => {
  it('names what looks random and leads to it', async () => {
    expect(await sentence('')).toContain(`1 external name looks random: ${destinations[0]?.name}`);
  });

  it('says how many more look random than it names, and leads to all of them', async () => {
    const [random] = destinations;
    if (random === undefined) throw new Error('no destination');
    const more = ['x1', 'x2', 'x3'].map((name) => ({ ...random, name, bytesSent: '1' }));
    expect(await sentence('', [random, ...more])).toContain(', x1, x2 and 1 more. ');
    expect(leadsToMore).toBe('/c/lab/dst');
  });

  it('says what is grave in a pod that it names, so that its place is understood', async () => {
    expect(await sentence('')).toContain('rise to root, late call to a random-looking name)');
  });

  it('says of a case without processes that none was reported, and by whom', async () => {
    const silent = pods.map((pod) => ({ ...pod, processes: 0, lateNew: 0 }));
    const text = await sentence('', destinations, silent);
    expect(text).toContain('No process was reported (Zeek names none): what started late cannot');
    expect(text).not.toContain('was both later than');
  });

  it('says under a filter of what its figures are, and only there', async () => {
    expect(await sentence('proc.name=nc')).toContain(filteredScopeWords);
    expect(await sentence('')).not.toContain(filteredScopeWords);
  });
});
