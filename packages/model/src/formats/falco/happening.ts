import type { ExitDetail, SocketDetail, SocketKind } from '../../event/event.ts';
import { integerOf } from '../read.ts';
import { type Fields, isTrue, textField } from './fields.ts';
import { fileSubjectOf } from './file.ts';
import { connectionOf } from './socket.ts';

/** What a record tells beside that a rule spoke. `alert`: nothing that has a kind of its own. */
export type Happening =
  | { readonly kind: 'exec' }
  | { readonly kind: 'exit'; readonly exit: ExitDetail }
  | { readonly kind: SocketKind; readonly socket: SocketDetail }
  | { readonly kind: 'file'; readonly subject: string }
  | { readonly kind: 'alert'; readonly subject?: string };

/** What happened in a record that is not of an exec. */
export function happeningOf(fields: Fields): Happening {
  const call = textField(fields, 'evt.type');
  if (call === 'procexit') return { kind: 'exit', exit: exitOf(fields) };
  const connection = connectionOf(fields);
  if (connection !== undefined) return connection;
  const subject = fileSubjectOf(fields);
  if (subject !== undefined) return { kind: 'file', subject };
  if (call === undefined) return { kind: 'alert' };
  const name = textField(fields, 'fd.name');
  return { kind: 'alert', subject: name === undefined ? call : `${call} ${name}` };
}

/** Whether the agent says that the call failed: of an exec, that the process kept its image. */
export function isFailed(fields: Fields): boolean {
  if (isTrue(fields, 'evt.failed')) return true;
  const result = textField(fields, 'evt.res');
  if (result !== undefined && result !== 'SUCCESS' && result !== '0') return true;
  const raw = integerOf(fields['evt.rawres']);
  return raw !== undefined && raw < 0;
}

function exitOf(fields: Fields): ExitDetail {
  const code = integerOf(fields['evt.arg.ret']);
  const signal = textField(fields, 'evt.arg.sig');
  return {
    ...(code === undefined || code < 0 ? {} : { code }),
    ...(signal?.startsWith('SIG') === true ? { signal } : {}),
  };
}
