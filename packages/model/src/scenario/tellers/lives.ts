import { type Nanos, nanos } from '../../event/time.ts';
import type { Happening } from '../happening.ts';
import type { Random } from '../random.ts';
import type { ScenarioProcess } from '../writer.ts';

/** A process from its fork to its end, with every image it has had: what agents see that go by PID. */
export type Life = {
  readonly pid: number;
  /** When it was forked. */
  readonly born: Nanos;
  readonly images: readonly [ScenarioProcess, ...ScenarioProcess[]];
};

export type Lives = {
  readonly of: (process: ScenarioProcess) => Life;
  /** Some time after the exec of an image, no more than `most` nanoseconds, and before the next image of the life. */
  readonly soonAfter: (process: ScenarioProcess, most: number) => Nanos;
  /** The image a life has at a moment; before its first exec: the first. */
  readonly imageAt: (life: Life, at: Nanos) => ScenarioProcess;
  /** The parent, grandparent, … at a moment, nearest first: whose parent has ended was adopted. */
  readonly ancestorsAt: (life: Life, at: Nanos) => readonly Life[];
};

type Course = {
  readonly pid: number;
  readonly born: Nanos;
  readonly parent: Course | undefined;
  readonly images: [ScenarioProcess, ...ScenarioProcess[]];
  ended: Nanos | undefined;
};

/** Reads lives out of happenings. Forks that no agent tells get their time here: up to a millisecond before the exec. */
export function readLives(happenings: readonly Happening[], random: Random): Lives {
  const courses = new Map<ScenarioProcess, Course>();
  const inits = new Map<string, Course>();

  function begin(happening: Happening): void {
    const { process, at } = happening;
    const parent = process.parent === undefined ? undefined : courses.get(process.parent);
    if (parent !== undefined && parent.pid === process.pid) {
      parent.images.push(process);
      courses.set(process, parent);
    } else {
      const born = bornAt(happening);
      const course: Course = {
        pid: process.pid,
        born,
        parent,
        images: [process],
        ended: undefined,
      };
      courses.set(process, course);
    }
    const container = process.container?.id;
    const course = courses.get(process);
    if (container !== undefined && course !== undefined && at >= 0n && !inits.has(container)) {
      inits.set(container, course);
    }
  }

  function bornAt({ what, process, ...rest }: Happening): Nanos {
    if (what !== 'exec') return rest.at;
    if ('seen' in rest && rest.seen === 'procfs') return process.start;
    return nanos(process.start - BigInt(random.between(180_000, 900_000)));
  }

  for (const happening of happenings) {
    const { what, process, at } = happening;
    if (what === 'exec' || what === 'fork' || what === 'refused') begin(happening);
    const course = courses.get(process);
    if (what === 'exit' && course !== undefined) course.ended = at;
  }

  function of(process: ScenarioProcess): Course {
    const course = courses.get(process);
    if (course === undefined) throw new Error(`${process.binary} was never told of`);
    return course;
  }

  // Inside a container the first process adopts, on the host the next ancestor (a shim does).
  function parentAt(life: Course, at: Nanos): Course | undefined {
    let parent = life.parent;
    while (parent?.ended !== undefined && parent.ended < at) {
      const container = parent.images[0].container?.id;
      const init = container === undefined ? undefined : inits.get(container);
      parent = init === undefined || init === life || init === parent ? parent.parent : init;
    }
    return parent;
  }

  return {
    of,
    soonAfter: (process, most) => {
      const { images } = of(process);
      const next = images[images.indexOf(process) + 1];
      const gap = next === undefined ? most : Math.min(most, Number(next.start - process.start));
      return nanos(process.start + BigInt(random.between(Math.floor(gap / 20), gap - 1)));
    },
    imageAt: (life, at) => life.images.findLast((image) => image.start <= at) ?? life.images[0],
    ancestorsAt: (life, at) => {
      const ancestors: Course[] = [];
      let parent = parentAt(of(life.images[0]), at);
      while (parent !== undefined && !ancestors.includes(parent)) {
        ancestors.push(parent);
        parent = parentAt(parent, at);
      }
      return ancestors;
    },
  };
}
