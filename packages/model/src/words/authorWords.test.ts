import { expect, it } from 'vitest';
import { authorWords } from './authorWords.ts';

it('an author is named, with whom they claimed to be; one without a name is somebody', () => {
  expect(authorWords({ user: 'jane', impersonating: '' })).toBe('jane');
  expect(authorWords({ user: 'jane', impersonating: 'bob' })).toBe('jane (as bob)');
  expect(authorWords({ user: '', impersonating: '' })).toBe('somebody unnamed');
  expect(authorWords({ user: '', impersonating: 'bob' })).toBe('somebody unnamed (as bob)');
});
