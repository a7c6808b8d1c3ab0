import { filesSign, groupSign, insideSign } from '@forebear/model/words/cardSigns';
import { lateAndNew, lateWords } from '@forebear/model/words/lateWords';
import { randomNameMark } from '@forebear/model/words/nameWords';
import { useState } from 'react';
import { Badge, type BadgeTone } from '../kit/Badge.tsx';
import { Dialog } from '../kit/Dialog.tsx';
import { Kbd } from '../kit/Kbd.tsx';
import { areSingleKeysOn, type KeyPlace, keyCaption, keyMap, setSingleKeys } from '../kit/keys.ts';
import styles from './HelpDialog.module.css';

const PLACES: readonly { readonly place: KeyPlace; readonly title: string }[] = [
  { place: 'everywhere', title: 'Everywhere' },
  { place: 'tables', title: 'In a table' },
  { place: 'tree', title: 'In the tree' },
];

/** What is drawn of a process, by sign, line and word. */
const MARKS: readonly (readonly [tone: BadgeTone, word: string, meaning: string, sign?: string])[] =
  [
    ['main', 'MAIN', 'the main process of its container; MAIN? when that is not sure'],
    [
      'late',
      lateAndNew.toUpperCase(),
      'later than the limit after main, by a command that its parent’s program had not started before the limit in its container or workload',
    ],
    [
      'late',
      lateWords({ isNew: false, isLoud: true }).toUpperCase(),
      'late and seen before, but not to be quiet about: it called somebody new, or rose to root',
    ],
    [
      'late-quiet',
      lateWords({ isNew: false, isLoud: false }),
      'later than the limit, and the same command ran here before it',
    ],
    [
      'late-quiet',
      lateWords({ isNew: null, isLoud: false }),
      'later than the limit; the log does not cover the beginning, so nobody can tell',
    ],
    ['late', 'LEFT ITS CONTAINER', 'descends from a container and is not in it', '⇱'],
    ['plain', 'INJECTED', 'in a container, and not started by its main'],
    ['plain', '↑ root', 'rose to root: its parent was another user'],
    ['external', 'EXTERNAL', 'a destination outside; on a process, how many of them'],
    [
      'alert',
      randomNameMark,
      'a name of a destination that nobody seems to have thought of; ▲name on a process that called one',
    ],
    ['alert', 'policy', 'a policy of the agent reported what it did; ▲policy on a card'],
    ['plain', `${insideSign}2`, 'on a process, how many destinations inside'],
    ['plain', `${filesSign}1`, 'on a card, how many events of files it has'],
    ['plain', groupSign, 'processes that are alike, folded into one'],
    ['ghost', 'ghost', 'named by others, no event of its own'],
    ['ghost', 'only its id', 'a ghost of which not even the program is known'],
  ];

function Marks() {
  return (
    <section className={styles.about}>
      <h3 className={styles.title}>Marks of a process and of where it called</h3>
      <dl className={styles.marks}>
        {MARKS.map(([tone, word, meaning, sign]) => (
          <div key={word} className={styles.line}>
            <dt>
              <Badge tone={tone} {...(sign === undefined ? {} : { sign })}>
                {word}
              </Badge>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The keys and the marks; the keys are printed from the one key map. */
export function HelpDialog({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const [single, setSingle] = useState(areSingleKeysOn);
  return (
    <Dialog title="Keys and marks" isWide isOpen={isOpen} onClose={onClose}>
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
      <Marks />
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
