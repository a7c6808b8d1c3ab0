import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ecs } from './ecs.ts';

/** Composite documents of the agent's makers, where `FOREBEAR_SAMPLES` names the folder of samples. */
const folder = `${process.env['FOREBEAR_SAMPLES'] ?? ''}/ecs`;
const files = existsSync(folder) ? readdirSync(folder) : [];

describe.runIf(files.length > 0)('documents of the agent', () => {
  it.each(files)('%s: is one event of a process with its parent', (file) => {
    const value: unknown = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));
    expect(ecs.sniff(value)).toBe(true);
    const decoded = ecs.decoder().decode(value);
    expect(decoded.kind).toBe('events');
    if (decoded.kind !== 'events') return;
    expect(decoded.events).toHaveLength(1);
    for (const { process, parent, time, node } of decoded.events) {
      expect(process?.pid).toBeGreaterThan(0);
      expect(process?.parentId).toBe(parent?.id);
      expect(time).toBeDefined();
      expect(node).not.toBe('');
    }
  });

  it('tells what each of them is about', () => {
    const kinds = files.map((file) => {
      const value: unknown = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));
      const decoded = ecs.decoder().decode(value);
      return decoded.kind === 'events'
        ? decoded.events.map(({ kind }) => kind).join()
        : decoded.kind;
    });
    expect(kinds.toSorted()).toEqual(['close', 'exec', 'file', 'file']);
  });
});
