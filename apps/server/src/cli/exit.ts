/** Exit codes of the command line, and the shell's own for a signal and a bug. */
export const exitCodes = {
  fine: 0,
  nothingMatched: 1,
  usage: 2,
  unusableInput: 3,
  partly: 4,
  bug: 70,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** An expected end of a command, with what to tell the user: thrown inside cli only, so that commands read straight. */
export class CommandEnd extends Error {
  readonly code: ExitCode;

  constructor(code: ExitCode, message: string) {
    super(message);
    this.code = code;
  }
}
