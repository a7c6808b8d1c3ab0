import { useState } from 'react';
import { cancelSource } from '../../api/commands.ts';
import { useServices } from '../../api/services.ts';
import { isGoing, type Upload } from '../../api/uploads.ts';
import { Button } from '../../kit/Button.tsx';
import { formatBytes, formatCount, formatNoun } from '../../kit/format.ts';
import { ProgressBar } from '../../kit/ProgressBar.tsx';
import styles from './UploadRow.module.css';
import { UploadRow } from './UploadRow.tsx';
import { sumsOf } from './uploadSums.ts';

/** Above that many files they are one line with one progress, and only what needs a look has a row of its own. */
const FEW = 6;
const TROUBLES = 5;

/** The files on their way: each by itself while there are few, else all as one. */
export function UploadList({ list }: { readonly list: readonly Upload[] }) {
  const [isAll, setAll] = useState(false);
  const isMany = list.length > FEW;
  const loud = list.filter(({ state }) => state.kind === 'sending' || state.kind === 'failed');
  const shown = !isMany || isAll ? list : loud.slice(0, TROUBLES);
  return (
    <>
      {isMany && <Together list={list} />}
      <ul>
        {shown.map((one) => (
          <UploadRow key={one.id} one={one} />
        ))}
      </ul>
      {isMany && (
        <Button kind="quiet" onPress={() => setAll(!isAll)}>
          {isAll
            ? 'Only what is going or was refused'
            : `Show all ${formatNoun(list.length, 'file')}`}
        </Button>
      )}
    </>
  );
}

/** Many files as one: how many are through, how far the bytes are, and the end of all of it. */
function Together({ list }: { readonly list: readonly Upload[] }) {
  const { uploads } = useServices();
  const { done, refused, cancelled, going, sent, size, events } = sumsOf(list);
  const cancelAll = () => {
    for (const one of list.filter(isGoing)) {
      uploads.cancel(one.id);
      // What the server does not know it cannot stop; the row of the file says what became of it.
      if (one.state.kind === 'sending') cancelSource(one.caseName, one.id).catch(noAnswer);
    }
  };
  const facts = [
    `${formatCount(done)} of ${formatNoun(list.length, 'file')}`,
    `${formatBytes(sent)} of ${formatBytes(size)}`,
    formatNoun(events, 'event'),
    ...(refused > 0 ? [`${formatCount(refused)} not taken`] : []),
    ...(cancelled > 0 ? [`${formatCount(cancelled)} cancelled`] : []),
  ];
  return (
    <div className={styles.together}>
      <div className={styles.line}>
        <span className={styles.name}>{facts.join(' · ')}</span>
        {going > 0 && (
          <Button kind="quiet" onPress={cancelAll}>
            Cancel all
          </Button>
        )}
        {going === 0 && (
          <Button
            kind="quiet"
            onPress={() => {
              for (const { id } of list) uploads.dismiss(id);
            }}
          >
            Clear the list
          </Button>
        )}
      </div>
      {going > 0 && (
        <ProgressBar label="Upload of all files" value={size === 0 ? undefined : sent / size} />
      )}
    </div>
  );
}

function noAnswer(): undefined {
  return undefined;
}
