import { describe, expect, it } from 'vitest';
import { loopbackWords } from './loopbackWords.ts';

const inPod = (pod: string, namespace = 'shop') => ({ namespace, pod });
const say = (...processes: { namespace: string; pod: string }[]) =>
  loopbackWords({ scope: 'loopback', processes });

describe('the words of a loopback address', () => {
  it('name the one pod whose own it is, however many of its processes called', () => {
    expect(say(inPod('web-0'), inPod('web-0'))).toBe('loopback inside web-0');
  });

  it('count the pods when it is another place in each', () => {
    expect(say(inPod('web-0'), inPod('web-1'), inPod('web-0', 'other'))).toBe(
      'loopback inside 3 pods',
    );
  });

  it('say when it is the host’s', () => {
    expect(say(inPod('', ''))).toBe('loopback of the host');
    expect(say(inPod('web-0'), inPod('', ''))).toBe('loopback inside web-0 and of the host');
  });

  it('are none for anything else', () => {
    expect(loopbackWords({ scope: 'service', processes: [inPod('web-0')] })).toBe('');
  });
});
