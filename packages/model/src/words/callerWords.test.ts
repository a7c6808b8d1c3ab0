import { expect, it } from 'vitest';
import { callerPlaceWords, callerWords } from './callerWords.ts';

const nobody = { ref: null, namespace: '', pod: '', place: '', binary: '' };

it('names a caller by its binary, or says that no process is known', () => {
  expect(callerWords({ ...nobody, ref: 'r', binary: '/usr/bin/curl' })).toBe('/usr/bin/curl');
  expect(callerWords(nobody)).toBe('no process known');
});

it('says where a caller is, as far as anybody tells', () => {
  expect(callerPlaceWords({ ...nobody, namespace: 'shop', pod: 'web' })).toBe('shop/web');
  expect(callerPlaceWords({ ...nobody, ref: 'r' })).toBe('host');
  expect(callerPlaceWords({ ...nobody, place: '10.0.0.9' })).toBe('10.0.0.9');
  expect(callerPlaceWords(nobody)).toBe('unknown');
});
