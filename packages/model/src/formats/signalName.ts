/** Linux's signals from 1 (x86 and ARM). */
const names: readonly string[] = (
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT ' +
  'CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'
).split(' ');

/** `SIGKILL` for 9; `SIG34` for one that has no name of its own. */
export function signalName(number: number): string {
  return `SIG${names[number - 1] ?? number}`;
}
