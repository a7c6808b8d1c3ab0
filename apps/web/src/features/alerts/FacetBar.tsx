import { agentWords } from '@forebear/model/words/agentWords';
import { tagWords } from '@forebear/model/words/tagWords';
import { ChevronDown } from 'lucide-react';
import type { AlertItem } from '../../api/answers.ts';
import { Button } from '../../kit/Button.tsx';
import { Chip } from '../../kit/Chip.tsx';
import { formatCount } from '../../kit/format.ts';
import { Menu, type MenuEntry } from '../../kit/Menu.tsx';
import { SafeText } from '../../kit/SafeText.tsx';
import type { ListPages } from '../../lists/listPages.ts';
import type { ChangeView } from '../../url/useView.ts';
import type { View } from '../../url/view.ts';
import styles from './AlertsPage.module.css';
import type { Facet } from './facets.ts';
import { toggled } from './narrowing.ts';
import { PolicyNote } from './PolicyNote.tsx';
import { SeverityMark } from './SeverityMark.tsx';
import { type FacetsInView, useFacets } from './useFacets.ts';

export interface FacetBarProps {
  readonly caseName: string;
  readonly list: ListPages<AlertItem>;
  /** What the list on screen was asked with. */
  readonly asked: View;
  readonly view: View;
  readonly change: ChangeView;
}

/** What the list can be narrowed to, with counts, and among which alerts these are. */
export function FacetBar({ caseName, list, asked, view, change }: FacetBarProps) {
  const { items, hasMore } = list;
  const facets = useFacets(caseName, asked, items, !list.isPending && !hasMore);
  return (
    <>
      <Facets facets={facets} view={view} change={change} />
      <PolicyNote caseName={caseName} view={view} />
      {hasMore && (
        <p className={styles.note}>
          {facets.isLoadedOnly ? 'All of these' : 'Rules and tags'} are counted among the{' '}
          {formatCount(items.length)} that are loaded.
        </p>
      )}
    </>
  );
}

interface FacetsProps extends Pick<FacetBarProps, 'view' | 'change'> {
  readonly facets: FacetsInView;
}

/** Severities to press, agents, rules and tags to choose. */
function Facets({ facets, view, change }: FacetsProps) {
  return (
    <fieldset className={styles.facets} aria-label="Narrow the alerts">
      {facets.severities.map(({ value, count }) => (
        <button
          key={value}
          type="button"
          className={styles.facet}
          aria-pressed={view.severities.includes(value)}
          onClick={() => change({ severities: toggled(view.severities, value) })}
        >
          <SeverityMark severity={value} />
          <span className={styles.facetCount}>{formatCount(count)}</span>
        </button>
      ))}
      <Choice
        name="Agent"
        all="All agents"
        facets={facets.agents}
        chosen={view.agents}
        wordsOf={agentWords}
        onChoose={(value) =>
          change({ agents: value === undefined ? [] : toggled(view.agents, value) })
        }
      />
      <Choice
        name="Rule"
        all="All rules"
        facets={facets.rules}
        chosen={view.rule === undefined ? [] : [view.rule]}
        onChoose={(rule) => change({ rule: rule === view.rule ? undefined : rule })}
      />
      <Choice
        name="Tag"
        all="All tags"
        facets={facets.tags}
        chosen={view.tag === undefined ? [] : [view.tag]}
        wordsOf={tagChoice}
        onChoose={(tag) => change({ tag: tag === view.tag ? undefined : tag })}
      />
    </fieldset>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly all: string;
  readonly facets: readonly Facet[];
  readonly chosen: readonly string[];
  readonly wordsOf?: (value: string) => string;
  /** Undefined: all of them. */
  readonly onChoose: (value: string | undefined) => void;
}

const MOST = 60;

/** A list under a button; what is chosen of it stands beside the button, to be taken out. */
function Choice({ name, all, facets, chosen, wordsOf = String, onChoose }: ChoiceProps) {
  if (facets.length === 0 && chosen.length === 0) return null;
  const entries: readonly MenuEntry[] = [
    { id: 'all', text: all, chosen: chosen.length === 0 },
    ...facets.slice(0, MOST).map(({ value, count }) => ({
      id: `one:${value}`,
      text: wordsOf(value),
      content: <SafeText text={wordsOf(value)} />,
      detail: formatCount(count),
      chosen: chosen.includes(value),
    })),
  ];
  return (
    <>
      <Menu
        label={name}
        entries={entries}
        onChoose={(id) => onChoose(id === 'all' ? undefined : id.slice('one:'.length))}
      >
        <Button kind="quiet" className={styles.choice}>
          {name}
          <ChevronDown aria-hidden="true" />
        </Button>
      </Menu>
      {chosen.map((value) => (
        <Chip
          key={value}
          removeLabel={`${all}, not only ${wordsOf(value)}`}
          onRemove={() => onChoose(value)}
        >
          <SafeText text={wordsOf(value)} />
        </Chip>
      ))}
    </>
  );
}

/** `T1059 · Command and Scripting Interpreter`, `Execution · mitre_execution`; a word of the agent's own as it is. */
function tagChoice(tag: string): string {
  const { text, kind, name } = tagWords(tag);
  if (kind === 'plain') return tag;
  if (name !== '') return `${text} · ${name}`;
  return text === tag ? tag : `${text} · ${tag}`;
}
