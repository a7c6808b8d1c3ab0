import { describe, expect, it } from 'vitest';
import { isFileBehind } from './linkedFiles.ts';

describe('the file behind what was called', () => {
  it.each([
    ['/bin/sh', '/usr/bin/dash'],
    ['/bin/sh', '/bin/busybox'],
    ['/bin/cat', '/bin/busybox'],
    ['/usr/bin/awk', '/usr/bin/mawk'],
    ['/usr/bin/python3', '/usr/bin/python3.11'],
    ['/usr/bin/perl', '/usr/bin/perl5.36.0'],
    ['/bin/nc', '/bin/nc.openbsd'],
  ])('%s may be %s', (called, file) => {
    expect(isFileBehind(called, file)).toBe(true);
  });

  it.each([
    ['/bin/dash', '/bin/sh'],
    ['/bin/bash', '/usr/bin/node'],
    ['/bin/sh', '/bin/sleep'],
    ['/bin/ls', '/bin/lsblk'],
    ['sh', 'dash'],
    ['/', '/'],
    ['/bin/', '/bin/1'],
  ])('%s is not %s', (called, file) => {
    expect(isFileBehind(called, file)).toBe(false);
  });
});
