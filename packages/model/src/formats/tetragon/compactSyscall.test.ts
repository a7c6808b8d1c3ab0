import { describe, expect, it } from 'vitest';
import { rawSyscall } from './compactSyscall.ts';
import { syscallName } from './syscallNames.ts';
import { syscallParameters } from './syscallSignatures.ts';

function entered(number: number, ...registers: readonly (string | number | undefined)[]): string {
  const first = { syscall_id: { id: number, abi: 'x64' } };
  const rest = registers.map((value) => (value === undefined ? {} : { size_arg: value }));
  return rawSyscall({ args: [first, ...rest] });
}

describe('a raw syscall', () => {
  it('is printed with its parameters: pointers in hex, the rest in decimal', () => {
    expect(entered(1, '1', '140726', 5)).toBe(
      'write(unsigned int fd=1, const char *buf=0x225b6, size_t count=5)',
    );
    expect(entered(257, '18446744073709551516', '18446744073709551615', 0, 0)).toBe(
      'openat(int dfd=18446744073709551516, const char *filename=0xffffffffffffffff, int flags=0, umode_t mode=0)',
    );
  });

  it('shows a question mark for a register that is not reported', () => {
    expect(entered(3)).toBe('close(unsigned int fd=?)');
    expect(entered(42, 3, undefined, 'x')).toBe(
      'connect(int fd=3, struct sockaddr * uservaddr=?, int addrlen=?)',
    );
  });

  it('is only a name when it takes nothing, and unknown when no name is known', () => {
    expect(entered(39)).toBe('getpid');
    for (const number of [9_999, -1, 1.5]) expect(entered(number)).toBe('unknown');
    expect(rawSyscall({ args: [{ syscall_id: { id: 1, abi: 'i386' } }] })).toBe('unknown');
    expect(rawSyscall({})).toBe('unknown');
    expect(rawSyscall({ args: [{ long_arg: '39' }] })).toBe('getpid');
  });
});

it('knows at most six parameters of a call, each with a type and a name', () => {
  let known = 0;
  for (let number = 0; number < 470; number += 1) {
    const parameters = syscallParameters(syscallName(number) ?? '');
    if (parameters === undefined) continue;
    known += 1;
    expect(parameters.length).toBeLessThanOrEqual(6);
    for (const { type, name } of parameters) {
      expect(type).toMatch(/^[a-z_][\w ]*(?: ?\*(?:const \*| \*)?)?$/i);
      expect(name).toMatch(/^[a-z_]\w*$/);
    }
  }
  expect(known).toBeGreaterThan(290);
});
