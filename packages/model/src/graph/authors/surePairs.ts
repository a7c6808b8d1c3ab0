/**
 * Of processes and the calls that fit each of them, the pairs that are sure: a process that has one call left, which no other process
 * with one call left wants. What such a pair takes is left to nobody else, which may make others sure in the next round. Each fit is
 * looked at a fixed number of times, however many rounds there are. A process has no call twice.
 */
export function surePairs<Process, Call>(
  fitting: ReadonlyMap<Process, readonly Call[]>,
): Map<Process, Call> {
  const fittingCall = processesByCall(fitting);
  const left = new Map<Process, number>();
  for (const [process, calls] of fitting) left.set(process, calls.length);
  const pairs = new Map<Process, Call>();
  const taken = new Set<Call>();
  /** Who wants a call and has no other; undefined: several, of whom none has it for sure. */
  const wanting = new Map<Call, Process | undefined>();
  let decided = [...fitting.keys()].filter((process) => left.get(process) === 1);
  while (decided.length > 0) {
    const wanted = new Set<Call>();
    for (const process of decided) {
      const only = fitting.get(process)?.find((call) => !taken.has(call));
      if (only === undefined) continue;
      wanting.set(only, wanting.has(only) ? undefined : process);
      wanted.add(only);
    }
    const fewer = new Set<Process>();
    for (const call of wanted) {
      const process = wanting.get(call);
      if (process === undefined) continue;
      pairs.set(process, call);
      taken.add(call);
      for (const other of fittingCall.get(call) ?? []) {
        left.set(other, (left.get(other) ?? 0) - 1);
        fewer.add(other);
      }
    }
    decided = [...fewer].filter((process) => left.get(process) === 1);
  }
  return pairs;
}

function processesByCall<Process, Call>(
  fitting: ReadonlyMap<Process, readonly Call[]>,
): Map<Call, Process[]> {
  const byCall = new Map<Call, Process[]>();
  for (const [process, calls] of fitting) {
    for (const call of calls) {
      const known = byCall.get(call);
      if (known === undefined) byCall.set(call, [process]);
      else known.push(process);
    }
  }
  return byCall;
}
