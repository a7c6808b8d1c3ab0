// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { useArrival } from './useArrival.ts';

afterEach(cleanup);

function Page({ isReady = true }: { readonly isReady?: boolean }) {
  useArrival(isReady, () => screen.getByRole('tree').focus());
  return <div role="tree" tabIndex={0} />;
}

function Around({ page }: { readonly page: 'none' | 'loading' | 'ready' }) {
  return (
    <>
      <a href="#main">Skip</a>
      <a href="/elsewhere">Link</a>
      <input />
      <button type="button">Other</button>
      {page !== 'none' && <Page isReady={page === 'ready'} />}
    </>
  );
}

const hasFocus = (element: Element) => element === document.activeElement;
const skipLink = () => screen.getByRole('link', { name: 'Skip' });

describe('the focus on arrival at a page', () => {
  it('goes to its main thing from nowhere and from the link that led here', () => {
    const { rerender } = render(<Around page="ready" />);
    expect(hasFocus(screen.getByRole('tree'))).toBe(true);
    rerender(<Around page="none" />);
    screen.getByRole('link', { name: 'Link' }).focus();
    rerender(<Around page="loading" />);
    expect(hasFocus(screen.getByRole('link', { name: 'Link' }))).toBe(true);
    rerender(<Around page="ready" />);
    expect(hasFocus(screen.getByRole('tree'))).toBe(true);
  });

  it('is left with a field, and with what the reader went to while it loaded', () => {
    const { rerender } = render(<Around page="none" />);
    screen.getByRole('textbox').focus();
    rerender(<Around page="ready" />);
    expect(hasFocus(screen.getByRole('textbox'))).toBe(true);
    rerender(<Around page="none" />);
    screen.getByRole('link', { name: 'Link' }).focus();
    rerender(<Around page="loading" />);
    screen.getByRole('button').focus();
    rerender(<Around page="ready" />);
    expect(hasFocus(screen.getByRole('button'))).toBe(true);
  });

  it('is not taken again by what changes later, but by the link past the bars', () => {
    const { rerender } = render(<Around page="ready" />);
    screen.getByRole('tree').blur();
    rerender(<Around page="loading" />);
    rerender(<Around page="ready" />);
    expect(hasFocus(document.body)).toBe(true);
    skipLink().click();
    expect(hasFocus(screen.getByRole('tree'))).toBe(true);
  });
});
