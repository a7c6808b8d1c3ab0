import { describe, expect, it } from 'vitest';
import { isLogType } from './rawBody.ts';

describe('the content type of a log', () => {
  it.each([
    'application/x-ndjson',
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/gzip',
    'application/octet-stream',
  ])('may be %s', (type) => {
    expect(isLogType(['Content-Type', type])).toBe(true);
  });

  it.each([
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'application/json\t',
    'application/json;\tcharset=utf-8',
    'application/json, text/plain',
    'application/json; charset=utf-7',
    'application/json ;charset=utf-8',
    ' application/json',
    '',
  ])('may not be %j', (type) => {
    expect(isLogType(['Content-Type', type])).toBe(false);
  });

  it('stands once', () => {
    expect(isLogType([])).toBe(false);
    expect(isLogType(['content-type', 'application/json', 'Content-Type', 'text/plain'])).toBe(
      false,
    );
  });
});
