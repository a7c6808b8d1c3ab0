import { describe, expect, it } from 'vitest';
import { ApiFailure } from './failure.ts';
import type { UploadRequest } from './upload.ts';
import { Uploads } from './uploads.ts';

interface Sent {
  readonly request: UploadRequest;
  readonly fail: (failure: ApiFailure) => void;
}

function harness() {
  const sent: Sent[] = [];
  const changed: string[] = [];
  let ids = 0;
  const uploads = new Uploads({
    send: (request) =>
      new Promise((_, reject) => {
        sent.push({ request, fail: reject });
        request.signal.addEventListener('abort', () =>
          reject(new ApiFailure({ code: 'cancelled', message: 'cancelled', retryable: true })),
        );
      }),
    newId: () => `id${(ids += 1)}`,
    clock: () => 0,
    onChanged: (caseName) => changed.push(caseName),
  });
  const add = (...names: string[]) =>
    uploads.add(
      'default',
      names.map((name) => ({ name, file: new Blob(['abc']) })),
    );
  const states = () => uploads.snapshot().map(({ name, state }) => `${name} ${state.kind}`);
  return { uploads, sent, changed, add, states };
}

const tick = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('the list of uploads', () => {
  it('sends two at a time, in order', async () => {
    const { add, states, sent } = harness();
    add('a', 'b', 'c');
    expect(states()).toEqual(['a sending', 'b sending', 'c waiting']);
    sent[0]?.fail(new ApiFailure({ code: 'not_a_log', message: 'a picture', retryable: false }));
    await tick();
    expect(states()).toEqual(['a failed', 'b sending', 'c sending']);
  });

  it('cancels one that is waiting and one that is being sent', async () => {
    const { uploads, add, states, changed } = harness();
    add('a', 'b', 'c');
    uploads.cancel('id3');
    uploads.cancel('id1');
    await tick();
    expect(states()).toEqual(['a cancelled', 'b sending', 'c cancelled']);
    expect(changed).toEqual(['default']);
  });

  it('takes only finished ones off the list', () => {
    const { uploads, add, states } = harness();
    add('a');
    uploads.dismiss('id1');
    expect(states()).toEqual(['a sending']);
  });

  it('sends a refused file again as what its user says it is, and asks for nothing else', async () => {
    const { uploads, add, states, sent } = harness();
    add('a', 'b');
    uploads.readAs('id1', 'falco');
    expect(states()).toEqual(['a sending', 'b sending']);
    sent[0]?.fail(new ApiFailure({ code: 'not_a_log', message: 'what is it', retryable: false }));
    await tick();
    uploads.readAs('id1', 'falco');
    expect(uploads.snapshot().map(({ id, format }) => `${id} ${format}`)).toEqual([
      'id3 falco',
      'id2 auto',
    ]);
    expect(sent.map(({ request }) => request.format)).toEqual(['auto', 'auto', 'falco']);
    expect(sent[2]?.request).toMatchObject({ id: 'id3', name: 'a' });
    uploads.readAs('id1', 'zeek');
    expect(sent).toHaveLength(3);
  });
});
