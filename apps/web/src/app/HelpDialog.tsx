import { useState } from 'react';
import { Dialog } from '../kit/Dialog.tsx';
import { Kbd } from '../kit/Kbd.tsx';
import { areSingleKeysOn, type KeyPlace, keyCaption, keyMap, setSingleKeys } from '../kit/keys.ts';
import styles from './HelpDialog.module.css';

const PLACES: readonly { readonly place: KeyPlace; readonly title: string }[] = [
  { place: 'everywhere', title: 'Everywhere' },
  { place: 'tables', title: 'In a table' },
  { place: 'tree', title: 'In the tree' },
];

/** The keys, printed from the one key map. */
export function HelpDialog({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const [single, setSingle] = useState(areSingleKeysOn);
  return (
    <Dialog title="Keys" isWide isOpen={isOpen} onClose={onClose}>
      <div className={styles.places}>
        {PLACES.map(({ place, title }) => {
          const bindings = keyMap.filter((binding) => binding.place === place);
          return bindings.length === 0 ? null : (
            <section key={place} className={place === 'tree' ? styles.wide : undefined}>
              <h3 className={styles.title}>{title}</h3>
              <dl className={styles.list}>
                {bindings.map((binding) => (
                  <div key={binding.id} className={styles.line}>
                    <dt className={styles.keys}>
                      {binding.keys.map((key) => (
                        <Kbd key={key} keys={keyCaption(key)} />
                      ))}
                    </dt>
                    <dd>{binding.does}</dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
      <label className={styles.switch}>
        <input
          type="checkbox"
          checked={single}
          onChange={(event) => {
            setSingle(event.target.checked);
            setSingleKeys(event.target.checked);
          }}
        />
        Single-letter keys act in the tree
      </label>
    </Dialog>
  );
}
