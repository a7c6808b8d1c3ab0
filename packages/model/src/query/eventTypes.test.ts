import { describe, expect, it } from 'vitest';
import { eventKinds } from '../event/event.ts';
import { eventTypeNames, kindOfEventType } from './eventTypes.ts';

describe('the names of kinds', () => {
  it('are our words, and Falco’s where they are others', () => {
    expect(eventTypeNames('exec')).toEqual(['exec', 'execve']);
    expect(eventTypeNames('connect')).toEqual(['connect']);
  });

  it('name one kind each, and nothing else does', () => {
    for (const kind of eventKinds) {
      for (const name of eventTypeNames(kind)) expect(kindOfEventType(name)).toBe(kind);
    }
    expect(kindOfEventType('constructor')).toBeUndefined();
    expect(kindOfEventType('EXEC')).toBeUndefined();
  });
});
