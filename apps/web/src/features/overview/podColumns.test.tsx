import { describe, expect, it } from 'vitest';
import { defaultView } from '../../url/view.ts';
import { podColumns } from './podColumns.tsx';

function columnOf(id: string) {
  return podColumns('case', defaultView).find((column) => column.id === id);
}

describe('the times of a pod', () => {
  it('are called a start, which may lie before the log, and a last event', () => {
    const started = columnOf('firstSeen');
    expect(started?.title).toBe('Started');
    expect(started?.hint).toContain('before the first event of the log');
    expect(columnOf('lastSeen')?.title).toBe('Last event');
  });
});
