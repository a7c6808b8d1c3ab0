import { formatTitle, readFormats } from '@forebear/model/words/readFormats';
import { ChevronDown } from 'lucide-react';
import { Button } from '../../kit/Button.tsx';
import { Menu } from '../../kit/Menu.tsx';
import styles from './UploadRow.module.css';

export interface ReadItAsProps {
  /** The formats that came close, the closest first. */
  readonly near: readonly { readonly id: string; readonly title: string }[];
  /** What it was read as without success, or `auto`. */
  readonly tried: string;
  readonly onChoose: (format: string) => void;
}

/** The question what a refused file is: what came close at a press, every other format in a list. */
export function ReadItAs({ near, tried, onChoose }: ReadItAsProps) {
  const untried = readFormats.filter(({ id }) => id !== tried);
  const closest = near.find(({ id }) => id !== tried);
  return (
    <div className={styles.question}>
      {closest !== undefined && (
        <Button onPress={() => onChoose(closest.id)}>Read it as {closest.title}</Button>
      )}
      <Menu
        label="What the file is"
        entries={untried.map(({ id, title }) => ({
          id,
          text: title,
          ...(near.some((one) => one.id === id) ? { detail: 'came close' } : {}),
        }))}
        onChoose={onChoose}
      >
        <Button kind={closest === undefined ? 'plain' : 'quiet'}>
          {closest === undefined ? 'You know what it is? Read it as' : 'Read it as another'}
          <ChevronDown aria-hidden="true" />
        </Button>
      </Menu>
      {tried !== 'auto' && (
        <span className={styles.hint}>Read as {formatTitle(tried)}, it gave no event.</span>
      )}
    </div>
  );
}
