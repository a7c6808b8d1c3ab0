import { expect, it } from 'vitest';
import { linkMethod, processKind } from '../wire/primitives.ts';
import { linkDoubt, linkWords } from './linkWords.ts';
import { kindWords } from './processWords.ts';

it('every way to find a parent has words, and the likely ones a doubt', () => {
  const methods = linkMethod.options;
  expect(new Set(methods.map((method) => linkWords(method))).size).toBe(methods.length);
  expect(methods.filter((method) => linkWords(method) === method)).toEqual([]);
  expect(methods.filter((method) => linkDoubt(method) !== '')).toEqual(['pid_as_of', 'name_chain']);
  expect(linkWords('by_dream')).toBe('by dream');
});

it('an id that we spelled is not called an exec_id, but what it was found by', () => {
  const found = (id: string): string => linkWords('exec_id', id);
  expect(found('falco:exec:worker-2:4711:1715108059341081180:1715108060:/bin/sh')).toBe(
    'by PID and the agent’s mark of the process',
  );
  expect(found('kubearmor:exec:worker-2:4711::1715108060:/bin/sh')).toBe('by PID and start time');
  expect(found('ecs:exec:worker-2::Zm9v:1715108060:/bin/sh')).toBe('by the agent’s own id: exact');
  expect(found('d29ya2VyLTI6MTIzOjQ3MTE=')).toBe('by exec_id: exact');
});

it('every kind of process has words', () => {
  const kinds = processKind.options;
  expect(kinds.filter((kind) => kindWords(kind) === kind)).toEqual([]);
});
