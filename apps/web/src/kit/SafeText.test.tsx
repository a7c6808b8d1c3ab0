// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { SafeText } from './SafeText.tsx';

afterEach(cleanup);

describe('SafeText', () => {
  it('renders markup of an attacker as text', () => {
    const { container } = render(<SafeText text={'</span><img src=x onerror=alert(1)>'} />);
    expect(container.querySelector('img')).toBeNull();
    expect(container.textContent).toBe('</span><img src=x onerror=alert(1)>');
  });

  it('isolates its direction from what is around it', () => {
    const { container } = render(<SafeText text="a" />);
    expect(container.querySelector('bdi')?.getAttribute('dir')).toBe('ltr');
  });

  it('marks each unseen character with its name', () => {
    const { container } = render(<SafeText text={'x\u202Egnp\u001B'} />);
    const titles = [...container.querySelectorAll('span')].map((span) => span.title);
    expect(titles).toEqual(['U+202E right-to-left override', 'U+001B escape']);
    expect(container.textContent).toBe('x⟨U+202E⟩gnp␛');
  });

  it('keeps the whole of a clipped text in its title, with nothing unseen in it', () => {
    const { container } = render(<SafeText text={'/very/long\u202E/path'} shown="…/path" />);
    expect(container.textContent).toBe('…/path');
    expect(container.querySelector('bdi')?.title).toBe('/very/long⟨U+202E⟩/path');
  });
});

it('breaks a long name behind its points, and copies and reads as it is', () => {
  const { container } = render(<SafeText text="db.shop.svc:9200" breaksAtPoints />);
  expect(container.textContent).toBe('db.shop.svc:9200');
  expect(container.querySelectorAll('wbr')).toHaveLength(3);
});
