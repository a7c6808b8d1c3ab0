import { sourceAnswer } from '@forebear/model/wire/sources';
import { ask, askText } from './client.ts';

/** The evidence that comes with the app, made by the project's own generator. */
export const samples = [
  {
    name: 'six-agents',
    title: 'One incident told by six agents',
    about:
      'Tetragon, Falco, KubeArmor, Hubble, Zeek and the API server, each with its blind spots, in one tree.',
  },
  {
    name: 'reverse-shell',
    title: 'Reverse shell in the crawler',
    about: 'A shell minutes after the container started, a random domain, a hop to the neighbour.',
  },
  {
    name: 'ten-thousand',
    title: 'Ten-thousand-child loop',
    about: 'A loop that folds into a few cards, and one odd child hidden inside.',
  },
  {
    name: 'broken',
    title: 'Broken log',
    about: 'Missing parents, duplicate lines, a brace in an argument, a file cut short.',
  },
] as const;
export type SampleName = (typeof samples)[number]['name'];

/** The sample that a case was made for; undefined for every other case. */
export function sampleOfCase(caseName: string | undefined): SampleName | undefined {
  return samples.find(({ name }) => `sample-${name}` === caseName)?.name;
}

/** Ingests a sample into a case of its own and answers the case's name; again, it adds only duplicates. */
export async function loadSample(name: SampleName): Promise<string> {
  const caseName = `sample-${name}`;
  await ask(`/samples/${name}`, {
    method: 'POST',
    params: { case: caseName },
    schema: sourceAnswer,
  });
  return caseName;
}

/** Stops a source that is receiving; what is in is kept. */
export async function cancelSource(caseName: string, id: string): Promise<void> {
  await ask(`/sources/${encodeURIComponent(id)}/cancel`, {
    method: 'POST',
    params: { case: caseName },
    schema: sourceAnswer,
  });
}

/** Deletes a case and its data. */
export async function deleteCase(caseName: string): Promise<void> {
  await askText(`/cases/${encodeURIComponent(caseName)}`, { method: 'DELETE' });
}
