import { describe, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type * as derived from '../graph/derived.ts';
import type { Scope } from '../graph/leafWords.ts';
import type * as wire from '../wire/primitives.ts';

/** The graph names what it finds, the wire what it promises; neither may import the other. The compiler compares them here. */
describe('the words of the wire and of the graph', () => {
  it('are the same, but that on the wire a process may be running', () => {
    expectTypeOf<z.infer<typeof wire.processKind>>().toEqualTypeOf<derived.ProcessKind>();
    expectTypeOf<z.infer<typeof wire.linkMethod>>().toEqualTypeOf<derived.LinkMethod>();
    expectTypeOf<z.infer<typeof wire.processRole>>().toEqualTypeOf<derived.Role>();
    expectTypeOf<z.infer<typeof wire.processEnd>>().toEqualTypeOf<derived.End | 'running'>();
    expectTypeOf<z.infer<typeof wire.lateBase>>().toEqualTypeOf<derived.LateBase>();
    expectTypeOf<z.infer<typeof wire.scope>>().toEqualTypeOf<Scope>();
    expectTypeOf<z.infer<typeof wire.direction>>().toEqualTypeOf<derived.Leaf['direction']>();
    expectTypeOf<z.infer<typeof wire.hopConfidence>>().toEqualTypeOf<derived.Hop['confidence']>();
  });
});
