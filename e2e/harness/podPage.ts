import { expect, type Locator, type Page } from '@playwright/test';

/** Which pod of which case. */
export interface PodPlace {
  readonly caseName: string;
  readonly namespace: string;
  readonly pod: string;
}

/** The parts of a pod's page, found as a person or a screen reader finds them. */
export interface PodPage {
  /** The tree in whichever shape it has. */
  readonly tree: Locator;
  readonly details: Locator;
  /** One entry of the tree by its accessible name. */
  entry(name: RegExp | string): Locator;
  /** A tab of the details, opened. */
  openTab(name: string): Promise<Locator>;
  /** Accessible names of all entries that are in the document, in order. */
  names(): Promise<readonly string[]>;
}

/** The address of a pod's page. `search` is the view, as in a link. */
function podAddress({ caseName, namespace, pod }: PodPlace, search = ''): string {
  return `/c/${caseName}/p/${namespace}/${pod}${search}`;
}

/** Opens the page of a pod and waits for its tree. */
export async function openPod(
  page: Page,
  origin: string,
  place: PodPlace,
  search = '',
  timeout = 20_000,
): Promise<PodPage> {
  await page.goto(origin + podAddress(place, search));
  const pod = podPage(page);
  await expect(pod.tree).toBeVisible({ timeout });
  return pod;
}

/** The page of a pod that is open already. */
export function podPage(page: Page): PodPage {
  const tree = page.getByRole('main').locator('[role=tree],[role=treegrid]');
  const entries = tree.locator('[role=treeitem],[role=rowgroup] [role=row][aria-level]');
  const details = page.getByRole('complementary', { name: 'Details' });
  return {
    tree,
    details,
    entry: (name) => tree.getByRole('treeitem', { name }).or(tree.getByRole('row', { name })),
    openTab: async (name) => {
      await details.getByRole('tab', { name }).click();
      const panel = details.getByRole('tabpanel', { name });
      await expect(panel).toBeVisible();
      return panel;
    },
    names: () => entries.evaluateAll(namesOf),
  };
}

/** Runs in the page: what a screen reader says of each, from its label or from the words that are not hidden from it. */
function namesOf(entries: readonly Element[]): string[] {
  return entries.map((entry) => {
    const words = [...entry.children].filter((child) => child.ariaHidden !== 'true');
    return entry.ariaLabel ?? words.map((child) => child.textContent).join(' ');
  });
}
