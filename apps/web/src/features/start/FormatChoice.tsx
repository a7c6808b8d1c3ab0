import { formatTitle, readFormats } from '@forebear/model/words/readFormats';
import { ChevronDown } from 'lucide-react';
import { Button } from '../../kit/Button.tsx';
import { Menu } from '../../kit/Menu.tsx';
import styles from './StartPage.module.css';

export interface FormatChoiceProps {
  /** A format's id, or `auto`. */
  readonly format: string;
  readonly onChoose: (format: string) => void;
}

/** What the files are read as: found for each record, unless one knows better. */
export function FormatChoice({ format, onChoose }: FormatChoiceProps) {
  const caption = format === 'auto' ? 'found by itself' : formatTitle(format);
  return (
    <Menu
      label="Format"
      entries={[
        { id: 'auto', text: 'Found by itself, record by record', chosen: format === 'auto' },
        ...readFormats.map(({ id, title }) => ({ id, text: title, chosen: id === format })),
      ]}
      onChoose={onChoose}
    >
      <Button kind="quiet" className={styles.format} aria-label={`Format: ${caption}`}>
        <span className={styles.formatWord}>format</span> {caption}
        <ChevronDown aria-hidden="true" />
      </Button>
    </Menu>
  );
}
