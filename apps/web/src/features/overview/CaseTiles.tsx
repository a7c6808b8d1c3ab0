import { Link } from '@tanstack/react-router';
import { formatCount, formatNoun } from '../../kit/format.ts';
import { caseLink } from '../../url/links.ts';
import type { View } from '../../url/view.ts';
import { type ExternalNames, portsWords, type Standout } from './standout.ts';
import { Tiles } from './Tiles.tsx';

export interface CaseTilesProps {
  readonly caseName: string;
  readonly view: View;
  readonly standout: Standout;
  /** Undefined: not known yet. */
  readonly external: ExternalNames | undefined;
}

/** The case in five numbers, counted as the sentence above them counts. */
export function CaseTiles({ caseName, view, standout, external }: CaseTilesProps) {
  return (
    <Tiles
      entries={[
        { label: 'Late and new', count: standout.lateNew, sign: '◷', tone: 'late' },
        {
          label: 'External names',
          count: external?.names,
          sign: '⊙',
          tone: 'external',
          ...(external !== undefined && { note: portsWords(external, view.filter.trim() !== '') }),
          link: (content) => <Link {...caseLink('destinations', caseName, view)}>{content}</Link>,
        },
        { label: 'Late', count: standout.late, note: 'new or seen before' },
        { label: 'Restarts', count: standout.restarts },
        {
          label: 'Processes',
          count: standout.processes,
          ...processNote(standout),
        },
      ]}
    />
  );
}

/** Of whom they are; and how many executions, where those are another number: a process that became another program has several. */
function processNote({ processes, executions, hostProcesses }: Standout): {
  readonly note?: string;
} {
  const parts = [
    hostProcesses === 0 ? '' : `${formatCount(hostProcesses)} of hosts`,
    executions === processes ? '' : `in ${formatNoun(executions, 'execution')}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? {} : { note: parts.join(' · ') };
}
