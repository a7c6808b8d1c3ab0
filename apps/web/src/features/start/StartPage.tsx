import { useNavigate } from '@tanstack/react-router';
import { FileUp, FolderUp } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { useUploads } from '../../api/services.ts';
import { isGoing } from '../../api/uploads.ts';
import { Button } from '../../kit/Button.tsx';
import { caseLink } from '../../url/links.ts';
import { useView } from '../../url/useView.ts';
import { CaseList } from './CaseList.tsx';
import { filesOfPicker } from './filesOfDrop.ts';
import { Samples } from './Samples.tsx';
import styles from './StartPage.module.css';
import { UploadRow } from './UploadRow.tsx';
import { useAddFiles } from './useAddFiles.ts';

const CASE_NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/i;

/** Where a log comes in: drop it, or take a sample, or open what is there. */
export function StartPage() {
  const uploads = useUploads();
  const addFiles = useAddFiles();
  const id = useId();
  const [caseText, setCaseText] = useState('default');
  const valid = CASE_NAME.test(caseText);
  const caseName = valid ? caseText : 'default';
  useOpenWhenDone();
  const take = (list: FileList | null) => {
    if (list !== null) addFiles(caseName, filesOfPicker(list));
  };
  return (
    <div className={styles.page} data-drop-case={caseName}>
      <div className={styles.column}>
        <header className={styles.head}>
          <h1>Who started this process, when, and whom did it talk to?</h1>
          <p className={styles.lead}>
            Drop the logs of Tetragon or Hubble Enterprise. They stay on this machine: Forebear
            stores them in its own database, byte for byte, and sends nothing anywhere.
          </p>
        </header>
        <section className={styles.drop} aria-label="Add logs">
          <p className={styles.dropWords}>Drop log files or folders anywhere on this page</p>
          <p className={styles.formats}>
            .log .json .ndjson, also as .gz .zst .tar .zip · any size · several at once
          </p>
          <div className={styles.buttons}>
            <FileTrigger allowsMultiple onSelect={take}>
              <Button kind="primary" icon={<FileUp aria-hidden="true" />}>
                Choose files
              </Button>
            </FileTrigger>
            <FileTrigger acceptDirectory onSelect={take}>
              <Button icon={<FolderUp aria-hidden="true" />}>Choose a folder</Button>
            </FileTrigger>
            <label className={styles.caseLabel} htmlFor={`${id}-case`}>
              into case
            </label>
            <input
              id={`${id}-case`}
              className={styles.caseInput}
              value={caseText}
              spellCheck={false}
              autoComplete="off"
              aria-invalid={!valid}
              aria-describedby={valid ? undefined : `${id}-rule`}
              onChange={(event) => setCaseText(event.target.value)}
            />
          </div>
          {!valid && (
            <p id={`${id}-rule`} className={styles.rule} role="alert">
              A case name has letters, digits, dots, dashes and underscores, at most 64, and begins
              with a letter or digit.
            </p>
          )}
        </section>
        {uploads.length > 0 && (
          <section aria-label="Uploads">
            <h2 className={styles.sectionTitle}>Uploads</h2>
            <ul>
              {uploads.map((one) => (
                <UploadRow key={one.id} one={one} />
              ))}
            </ul>
          </section>
        )}
        <Samples />
        <CaseList />
        <section aria-label="Connect an agent">
          <h2 className={styles.sectionTitle}>Connect an agent</h2>
          <p className={styles.lead}>
            Pipe what a running agent prints into a case; it grows while you look at it.
          </p>
          <pre className={styles.snippet}>
            {`kubectl logs -n kube-system ds/tetragon -c export-stdout -f |\n  npm run --silent forebear -- ingest - --case ${caseName} --server ${location.origin}`}
          </pre>
        </section>
      </div>
    </div>
  );
}

/** What was dropped here is what one wants to see: when all of it has arrived and some of it is a log, its case opens. */
function useOpenWhenDone(): void {
  const uploads = useUploads();
  const navigate = useNavigate();
  const [view] = useView();
  const wasGoing = useRef(false);
  const going = uploads.some(isGoing);
  const last = uploads.findLast(({ state }) => state.kind === 'done');
  const troubled = uploads.some(({ state }) => state.kind === 'failed');
  useEffect(() => {
    const finished = wasGoing.current && !going;
    wasGoing.current = going;
    if (finished && last !== undefined && !troubled)
      void navigate(caseLink('overview', last.caseName, view));
  }, [going, last, troubled, navigate, view]);
}
