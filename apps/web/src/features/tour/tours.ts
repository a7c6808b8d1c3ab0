import type { DestinationItem, HopItem, PodItem } from '../../api/answers.ts';
import type { SampleName } from '../../api/commands.ts';
import { caseLink, podLink } from '../../url/links.ts';
import { defaultView, type View } from '../../url/view.ts';
import { formatView, parseView } from '../../url/viewUrl.ts';

/** What the steps point at, found in the case itself: a sample is a log like any other. */
export interface TourFacts {
  readonly caseName: string;
  /** The reader's zone and the like; the rest of a step's view is the step's own. */
  readonly view: View;
  readonly pods: readonly PodItem[];
  readonly destinations: readonly DestinationItem[];
  readonly hops: readonly HopItem[];
}

export interface TourStep {
  readonly title: string;
  readonly says: string;
  readonly target: ReturnType<typeof caseLink> | ReturnType<typeof podLink>;
}

/** The steps of a sample's story, each with its number in its address; none while the case does not hold what they point at. */
export function tourOf(name: SampleName, facts: TourFacts): readonly TourStep[] {
  const view: View = { ...defaultView, zone: facts.view.zone };
  const pod = facts.pods.find((one) => one.kind === 'pod');
  if (pod === undefined) return [];
  const page = (which: Parameters<typeof caseLink>[0], patch: Partial<View> = {}) =>
    caseLink(which, facts.caseName, view, patch);
  const tree = (patch: Partial<View> = {}) =>
    podLink({ caseName: facts.caseName, namespace: pod.namespace, pod: pod.pod }, view, patch);
  return storyOf(name, facts, page, tree).map(({ target, ...words }, at) => ({
    ...words,
    target: { ...target, search: formatView({ ...parseView(target.search), tour: at }) },
  }));
}

function storyOf(
  name: SampleName,
  facts: TourFacts,
  page: PageLink,
  tree: TreeLink,
): readonly TourStep[] {
  switch (name) {
    case 'six-agents':
      return sixAgents(facts, page, tree);
    case 'reverse-shell':
      return reverseShell(facts, page, tree);
    case 'ten-thousand':
      return tenThousand(page, tree);
    case 'broken':
      return broken(page, tree);
  }
}

type PageLink = (
  which: Parameters<typeof caseLink>[0],
  patch?: Partial<View>,
) => ReturnType<typeof caseLink>;
type TreeLink = (patch?: Partial<View>) => ReturnType<typeof podLink>;

function reverseShell(facts: TourFacts, page: PageLink, tree: TreeLink): readonly TourStep[] {
  const random = facts.destinations.find((one) => one.randomName && one.external);
  const caller = random?.processes.find((one) => one.lateNew);
  const hop = facts.hops
    .filter(({ from }) => from.lateNew)
    .toSorted((a, b) => Number(b.bytesReceived) - Number(a.bytesReceived))[0];
  return [
    {
      title: 'What stands out',
      says: 'Pods with processes that started minutes after their main, by a command that is new there, come first: the crawler has most.',
      target: page('overview'),
    },
    {
      title: 'The late shell',
      says: 'Main is blue, what came late and new is yellow with the time after main. “Why flagged” gives the rule and its figures.',
      target: tree({ tab: 'why' }),
    },
    ...(caller === undefined
      ? []
      : [
          {
            title: 'Whom it talked to',
            says: 'The shell’s nc holds a connection to a name that looks random. The Network tab says how the name is known.',
            target: tree({ selected: caller.ref ?? undefined, tab: 'network' }),
          },
        ]),
    ...(hop === undefined
      ? []
      : [
          {
            title: 'The hop to the neighbour',
            says: 'A late curl reached into Elasticsearch. Such hops come first, each with how sure it is and the trees at both ends.',
            target: page('lateral'),
          },
        ]),
    {
      title: 'Collected and sent',
      says: 'Open a destination to read all its callers: what one curl received from Elasticsearch, another sent out to the random name.',
      target: page('destinations'),
    },
  ];
}

function sixAgents(facts: TourFacts, page: PageLink, tree: TreeLink): readonly TourStep[] {
  const random = facts.destinations.find((one) => one.randomName && one.external);
  const caller = random?.processes.find((one) => one.lateNew);
  return [
    {
      title: 'Six logs, one case',
      says: 'What six agents saw of the same eight minutes is one list of pods. Checkout comes first.',
      target: page('overview'),
    },
    {
      title: 'The alerts',
      says: 'Ten alerts of two agents on one scale; one was blocked. Each leads to its process, two stay on their pods.',
      target: page('alerts'),
    },
    {
      title: 'One tree',
      says: 'The shell that came in from outside and what it did: each process once, whoever reported it.',
      target: tree({ tab: 'why' }),
    },
    ...(caller === undefined
      ? []
      : [
          {
            title: 'A name',
            says: 'Who saw the process knew an address, who saw the answer its name. The Network tab says how it is known.',
            target: tree({ selected: caller.ref ?? undefined, tab: 'network' }),
          },
        ]),
    {
      title: 'Who said what',
      says: 'Which agent reported on which node. Of a case with fewer of them this page says what it cannot tell.',
      target: page('health'),
    },
  ];
}

function tenThousand(page: PageLink, tree: TreeLink): readonly TourStep[] {
  return [
    {
      title: 'One of ten thousand',
      says: 'A loop started ten thousand processes, most of them late, and one of them is new. Only that one counts as standing out.',
      target: page('overview'),
    },
    {
      title: 'A few cards',
      says: 'What repeats is folded with its count and period. The odd child stays outside the fold.',
      target: tree(),
    },
    {
      title: 'Every one of them',
      says: 'As rows and unfolded, all are there. The edge shows where the flagged one lies; n jumps to it.',
      target: tree({ shape: 'rows', fold: false, expansion: { opened: ['*'], closed: [] } }),
    },
    {
      title: 'Why this one',
      says: 'The limit, its start after main, and that nothing like it ran before in this container.',
      target: tree({ shape: 'rows', tab: 'why' }),
    },
  ];
}

function broken(page: PageLink, tree: TreeLink): readonly TourStep[] {
  return [
    {
      title: 'What came in',
      says: 'Every record is counted: stored, again, not understood. Open the source to read the lines that could not be read.',
      target: page('health'),
    },
    {
      title: 'What is left',
      says: 'A brace in an argument, bad JSON and cut lines swallow nothing that follows them. The line above says what is missing.',
      target: page('overview'),
    },
    {
      title: 'Missing parents',
      says: 'A ghost, a parent that is only named, is drawn dashed, and a link that cannot be right is marked with a reason.',
      target: tree({ shape: 'rows' }),
    },
    {
      title: 'The same again',
      says: 'A record that says the same in other bytes is marked “again” and counted once.',
      target: page('events'),
    },
  ];
}
