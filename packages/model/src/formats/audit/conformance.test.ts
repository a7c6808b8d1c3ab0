import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { markOf } from '../../event/auditMark.ts';
import { audit } from './audit.ts';

/** Real lines, as data, where the machine has them. */
const folder = `${process.env['FOREBEAR_SAMPLES'] ?? ''}/k8s-audit`;
const files = existsSync(folder) ? readdirSync(folder) : [];

describe.runIf(files.length > 0)('real audit logs', () => {
  const lines = files.flatMap((file) =>
    readFileSync(`${folder}/${file}`, 'utf8')
      .split('\n')
      .filter((line) => line !== ''),
  );

  it('gives every line as a call that is marked', () => {
    const values = lines.map((line): unknown => JSON.parse(line));
    expect(values.filter((value) => !audit.sniff(value))).toEqual([]);
    const calls = values.map((value) => {
      const decoded = audit.decoder().decode(value);
      const [event] = decoded.kind === 'events' ? decoded.events : [];
      return event?.kind === 'audit' ? event.audit : undefined;
    });
    const marks = calls.map((call) => call && `${markOf(call)} by ${call.user}: ${call.decision}`);
    expect(marks).toEqual([
      'exec by user@mail.com: allow',
      'rbac_changed by minikube-user: allow',
      'rbac_changed by minikube-user: allow',
    ]);
  });
});
