import { type JsonObject, listOf, objectOf, textOf } from '../read.ts';
import { syscallName } from './syscallNames.ts';
import { syscallParameters } from './syscallSignatures.ts';

/** Go's print of a missing value. */
const UNKNOWN = '?';
const U64 = /^\d{1,20}$/;

/**
 * A syscall as `tetra` prints a `raw_syscalls/sys_enter`: `write(unsigned int fd=1, const char *buf=0x7ffd, size_t count=5)`.
 * The first argument is the number, the others are the registers in the order of the parameters; one that the policy does
 * not report is a question mark. `unknown` for a number without a name, and for other machines than x86-64.
 */
export function rawSyscall(body: JsonObject): string {
  const [first, ...registers] = listOf(body.args).map(objectOf);
  const id = objectOf(first?.syscall_id ?? first?.syscallId);
  const abi = textOf(id?.abi) ?? 'x64';
  const name =
    abi === 'x64' || abi === 'amd64'
      ? syscallName(numberOf(id?.id ?? first?.long_arg ?? first?.longArg))
      : undefined;
  if (name === undefined) return 'unknown';
  const parameters = syscallParameters(name);
  if (parameters === undefined) return name;
  const printed = parameters.map(({ type, name: called }, at) => {
    const register = registers[at];
    const value = uint64(register?.size_arg ?? register?.sizeArg);
    if (value === undefined) return `${type} ${called}=${UNKNOWN}`;
    return type.endsWith('*')
      ? `${type}${called}=0x${value.toString(16)}`
      : `${type} ${called}=${value}`;
  });
  return `${name}(${printed.join(', ')})`;
}

/** -1 for what is no number: no syscall has it. */
function numberOf(value: unknown): number {
  return Number(uint64(value) ?? -1n);
}

function uint64(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value >= 0n ? value : undefined;
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && value >= 0 ? BigInt(value) : undefined;
  return typeof value === 'string' && U64.test(value) ? BigInt(value) : undefined;
}
