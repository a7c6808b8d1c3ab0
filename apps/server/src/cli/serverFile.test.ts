import { describe, expect, it } from 'vitest';
import { urlIn } from './serverFile.ts';

describe('the word a server leaves in its data directory', () => {
  it('is an address of this machine', () => {
    expect(urlIn('{"url":"http://127.0.0.1:4747"}\n')?.origin).toBe('http://127.0.0.1:4747');
    expect(urlIn('{"url":"http://[::1]:80"}')?.hostname).toBe('[::1]');
    expect(urlIn('{"url":"http://localhost:5"}')?.port).toBe('5');
  });

  it.each([
    '',
    '{}',
    '{"url":"http://evil.example:80"}',
    '{"url":"http://127.0.0.1.evil.example"}',
    '{"url":"http://127.0.0.1@evil.example"}',
    '{"url":"https://127.0.0.1:1"}',
    '{"url":"file:///etc/passwd"}',
    '{"url":"http://127.0.0.1:4747/path"}',
    '{"url":"http://127.0.0.1:4747","x":1}',
  ])('is nothing else: %s', (text) => {
    expect(urlIn(text)).toBeUndefined();
  });
});
