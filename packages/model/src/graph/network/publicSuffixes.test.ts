import { describe, expect, it } from 'vitest';
import { registrable, splitName } from './publicSuffixes.ts';

describe('registrable', () => {
  it.each([
    ['example.com', 'example.com'],
    ['a.b.example.com', 'example.com'],
    ['a.b.example.com.', 'example.com'],
    ['www.bbc.co.uk', 'bbc.co.uk'],
    ['shop.example.com.br', 'example.com.br'],
    ['x.y.kyoto.jp', 'x.y.kyoto.jp'.slice(2)],
    ['deep.a.ide.kyoto.jp', 'a.ide.kyoto.jp'],
    ['octocat.github.io', 'github.io'], // a tenant is not a registration
    ['coreapi.tenant-jobs.svc.cluster.local', 'cluster.local'],
    ['ip-10-0-0-1.us-east-2.compute.internal', 'compute.internal'],
    ['localhost', 'localhost'],
    ['co.uk', 'co.uk'],
    ['', ''],
  ])('%s belongs to %s', (name, parent) => {
    expect(registrable(name)).toBe(parent);
  });

  it('follows wildcards and their exceptions', () => {
    expect(registrable('a.b.c.ck')).toBe('b.c.ck');
    expect(registrable('a.www.ck')).toBe('www.ck');
    expect(registrable('x.city.kobe.jp')).toBe('city.kobe.jp');
    expect(registrable('x.y.other.kobe.jp')).toBe('y.other.kobe.jp');
  });

  it('knows suffixes in the alphabet of the wire', () => {
    expect(registrable('a.b.xn--55qx5d.xn--j6w193g')).toBe('b.xn--55qx5d.xn--j6w193g');
  });

  it('keeps the labels below in order', () => {
    expect(splitName('a.b.example.co.uk')).toEqual({
      suffix: 'co.uk',
      registrable: 'example.co.uk',
      below: ['a', 'b'],
    });
  });

  it('survives a name of fifty thousand labels', () => {
    expect(registrable(`${'a.'.repeat(50_000)}example.com`)).toBe('example.com');
  });
});
