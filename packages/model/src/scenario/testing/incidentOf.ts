import type { Dialect } from '../../event/dialects.ts';
import { type Nanos, nanos, parseTime } from '../../event/time.ts';
import { compactLines } from '../../formats/tetragon/compact.ts';
import type { Happening } from '../happening.ts';
import { runAttack } from '../incident/attack.ts';
import { createCast } from '../incident/cast.ts';
import { runRoutine, startShop } from '../incident/routine.ts';
import { type IncidentFile, tellIncident } from '../incident/tellIncident.ts';
import { createRandom } from '../random.ts';
import { ecsText } from '../tellers/ecs.ts';
import { type Lives, readLives } from '../tellers/lives.ts';
import { sysdigText } from '../tellers/sysdig.ts';
import { traceeText } from '../tellers/tracee.ts';

const SEED = 1;

/** When the incident begins. */
export const incidentBegan: Nanos = parseTime('2026-04-21T13:05:00Z') ?? nanos(0n);

/** The incident of the shop as one agent alone tells it: the same plot for each of them. */
export function incidentOf(dialect: Dialect): readonly Pick<IncidentFile, 'path' | 'text'>[] {
  switch (dialect) {
    case 'compact':
      return [{ path: 'compact.log', text: linesText(compactTexts()) }];
    case 'ecs':
      return [{ path: 'ecs.ndjson', text: linesText(texts(ecsText)) }];
    case 'tracee':
      return [{ path: 'tracee.json', text: linesText(texts(traceeText)) }];
    case 'sysdig':
      return [{ path: 'sysdig.json', text: linesText(texts(sysdigText)) }];
    default:
      return tellIncident({ seed: SEED }).files.filter((file) => file.dialect === dialect);
  }
}

type Teller = (happening: Happening, lives: Lives, number: number) => string | undefined;

function texts(tell: Teller): readonly string[] {
  const cast = createCast(SEED);
  const shop = startShop(cast);
  runRoutine(cast, shop);
  runAttack(cast, shop);
  const happenings = cast.happenings.toSorted((a, b) => Number(a.at - b.at));
  const lives = readLives(happenings, createRandom(SEED * 31));
  return happenings.flatMap((happening, index) => tell(happening, lives, index + 1) ?? []);
}

function compactTexts(): readonly string[] {
  return incidentOf('tetragon').flatMap(({ text }) =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .flatMap((line) => compactLines(JSON.parse(line))),
  );
}

function linesText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
