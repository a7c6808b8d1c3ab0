import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Kbd } from './Kbd.tsx';
import styles from './Menu.module.css';

export interface MenuEntry {
  readonly id: string;
  readonly text: string;
  /** Drawn instead of the text when it needs more, such as `SafeText`. */
  readonly content?: ReactNode;
  readonly detail?: ReactNode;
  readonly keys?: string;
  /** Present: the entry is one of a choice. */
  readonly chosen?: boolean;
  readonly icon?: ReactNode;
}

export interface MenuProps {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly onChoose: (id: string) => void;
  /** Several may be chosen: the list stays. */
  readonly isOpenOnChoose?: boolean;
  /** One react-aria button. */
  readonly children: ReactNode;
}

/** A list of things to do or to choose one of, under a button. */
export function Menu({ label, entries, onChoose, isOpenOnChoose = false, children }: MenuProps) {
  return (
    <MenuTrigger>
      {children}
      <Popover className={styles.popover ?? ''} placement="bottom start" offset={4}>
        <AriaMenu
          className={styles.menu ?? ''}
          aria-label={label}
          shouldCloseOnSelect={!isOpenOnChoose}
          onAction={(key) => onChoose(String(key))}
        >
          {entries.map((entry) => (
            <MenuItem
              key={entry.id}
              id={entry.id}
              className={styles.item ?? ''}
              textValue={entry.text}
            >
              {entry.chosen !== undefined && (
                <span className={styles.mark}>{entry.chosen && <Check aria-label="chosen" />}</span>
              )}
              {entry.icon !== undefined && <span className={styles.mark}>{entry.icon}</span>}
              <span className={styles.text}>{entry.content ?? entry.text}</span>
              {entry.detail !== undefined && <span className={styles.detail}>{entry.detail}</span>}
              {entry.keys !== undefined && <Kbd keys={entry.keys} />}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
