import type { ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components/Tabs';
import styles from './Tabs.module.css';

export interface TabEntry {
  readonly id: string;
  readonly title: string;
  /** How many things are inside, when that helps to choose. */
  readonly count?: string;
  readonly content: ReactNode;
}

export interface TabsProps {
  readonly label: string;
  readonly entries: readonly TabEntry[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

/** Faces of one thing; only the chosen one is mounted. */
export function Tabs({ label, entries, chosen, onChoose }: TabsProps) {
  return (
    <AriaTabs
      className={styles.tabs ?? ''}
      selectedKey={chosen}
      onSelectionChange={(key) => onChoose(String(key))}
    >
      <TabList className={styles.list ?? ''} aria-label={label}>
        {entries.map((entry) => (
          <Tab key={entry.id} id={entry.id} className={styles.tab ?? ''}>
            {entry.title}
            {entry.count !== undefined && <span className={styles.count}>{entry.count}</span>}
          </Tab>
        ))}
      </TabList>
      {entries.map((entry) => (
        <TabPanel key={entry.id} id={entry.id} className={styles.panel ?? ''}>
          {entry.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
