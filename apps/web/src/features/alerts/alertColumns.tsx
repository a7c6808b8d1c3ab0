import { agentWords } from '@forebear/model/words/agentWords';
import { ChevronRight } from 'lucide-react';
import type { AlertItem } from '../../api/answers.ts';
import { Badge } from '../../kit/Badge.tsx';
import { cls } from '../../kit/cls.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { isOtherDay, TimeText } from '../../kit/TimeText.tsx';
import type { Column } from '../../kit/VirtualTable.tsx';
import type { View } from '../../url/view.ts';
import styles from './AlertsPage.module.css';
import { AlertWhere } from './AlertWhere.tsx';
import { outcomeWords, shortOutput } from './alertWords.ts';
import { SeverityMark } from './SeverityMark.tsx';
import { TagList } from './TagList.tsx';

/** An alert and the time said above it, so that the day is said when it changes. */
export interface AlertRow {
  readonly alert: AlertItem;
  readonly before: string | null | undefined;
}

export interface AlertColumnsOptions {
  readonly caseName: string;
  readonly view: View;
  /** Heads the times. */
  readonly zoneTitle: string;
  /** One column has rule and severity, so that both stay in sight of a small window. */
  readonly isNarrow: boolean;
  readonly onToggle: (id: string) => void;
}

/** The columns of the alerts table; what a narrow window leaves out stands in the opened row. */
export function alertColumns(options: AlertColumnsOptions): readonly Column<AlertRow>[] {
  const { caseName, view, zoneTitle, isNarrow } = options;
  const rule: Column<AlertRow> = {
    id: 'rule',
    title: 'Rule or policy',
    width: 'minmax(196px, 1.6fr)',
    cell: ({ alert }) => <SafeText text={alert.rule} className={styles.rule} />,
  };
  const gravity: Column<AlertRow> = {
    id: 'severity',
    title: isNarrow ? 'Alert' : 'Severity',
    width: '138px',
    hint: 'On the scale of eight; beside it the agent’s own word where it is another',
    cell: (row) => (
      <>
        <More {...options} row={row} />
        <SeverityMark
          severity={row.alert.severity}
          {...(isNarrow ? {} : { own: row.alert.severityWord })}
        />
        {isNarrow && rule.cell(row)}
      </>
    ),
  };
  return [
    gravity,
    {
      id: 'time',
      title: `Time, ${zoneTitle}`,
      width: '150px',
      cell: ({ alert, before }) => (
        <TimeText
          time={alert.time}
          zone={view.zone}
          digits="s"
          day={before === undefined || isOtherDay(before, alert.time, view.zone)}
        />
      ),
    },
    ...(isNarrow ? [] : [rule]),
    {
      id: 'agent',
      title: 'Agent',
      width: '84px',
      cell: ({ alert }) => <span className={styles.muted}>{agentWords(alert.source)}</span>,
    },
    {
      id: 'where',
      title: 'Process and pod',
      width: 'minmax(186px, 1.5fr)',
      cell: ({ alert }) => <AlertWhere alert={alert} caseName={caseName} view={view} />,
    },
    {
      id: 'outcome',
      title: 'Outcome',
      width: '98px',
      hint: 'What the agent did, and what became of the attempt',
      cell: ({ alert }) => <Outcome alert={alert} />,
    },
    {
      id: 'output',
      title: 'What the agent says',
      width: 'minmax(184px, 2.4fr)',
      cell: ({ alert }) => (
        <SafeText mono text={alert.output || alert.subject} shown={shortOutput(alert)} />
      ),
    },
    {
      id: 'tags',
      title: 'Tags',
      width: 'minmax(116px, 1fr)',
      from: 1140,
      cell: ({ alert }) => <TagList tags={alert.tags} most={1} />,
    },
  ];
}

/** Prevented is said plainly; all else in the agent's words. */
function Outcome({ alert }: { readonly alert: AlertItem }) {
  const words = outcomeWords(alert);
  if (alert.blocked)
    return (
      <Badge tone="alert" sign="⊘" title={words === '' ? 'It was prevented' : words}>
        BLOCKED
      </Badge>
    );
  return <SafeText text={words} shown={alert.action || alert.result} className={styles.muted} />;
}

function More({ view, onToggle, row }: AlertColumnsOptions & { readonly row: AlertRow }) {
  const { id, rule } = row.alert;
  const isOpen = view.selected === id;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={cls(styles.twisty, isOpen && styles.isOpen)}
      aria-label={`${isOpen ? 'Hide' : 'Show'} all of ${rule}`}
      aria-expanded={isOpen}
      onClick={() => onToggle(id)}
    >
      <ChevronRight aria-hidden="true" />
    </button>
  );
}
