import { readableLogs } from '@forebear/model/words/readFormats';
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
import { caseOfText, unnamedCase } from './caseOfText.ts';
import { FormatChoice } from './FormatChoice.tsx';
import { filesOfPicker } from './filesOfDrop.ts';
import { Samples } from './Samples.tsx';
import styles from './StartPage.module.css';
import { UploadList } from './UploadList.tsx';
import { useAddFiles } from './useAddFiles.ts';

/** Where a log comes in: drop it, or take a sample, or open what is there. */
export function StartPage() {
  const uploads = useUploads();
  const addFiles = useAddFiles();
  const id = useId();
  const [caseText, setCaseText] = useState<string>(unnamedCase);
  const [format, setFormat] = useState('auto');
  const caseName = caseOfText(caseText);
  const valid = caseName !== undefined;
  const field = useRef<HTMLInputElement>(null);
  useOpenWhenDone();
  const take = (list: FileList | null) => {
    if (list === null) return;
    if (valid) addFiles(caseName, filesOfPicker(list), format);
    else field.current?.focus();
  };
  // Without a case to put them into, no files are asked for.
  const focusField = valid ? undefined : () => field.current?.focus();
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <header className={styles.head}>
          <h1>Who started this process, when, and whom did it talk to?</h1>
          <p className={styles.lead}>
            Drop logs of {readableLogs}, several of them together: they become one tree. They stay
            on this machine: Forebear stores them in its own database, byte for byte, and sends
            nothing anywhere.
          </p>
        </header>
        <section className={styles.drop} aria-label="Add logs">
          <p className={styles.dropWords}>Drop log files or folders anywhere on this page</p>
          <p className={styles.formats}>
            .log .json .ndjson, also as .gz .zst .tar .zip · any size · several at once · folders
            are kept (POD/conn.log)
          </p>
          <div className={styles.buttons}>
            <Picker refuse={focusField} kind="files" onSelect={take} />
            <Picker refuse={focusField} kind="folder" onSelect={take} />
            <label className={styles.caseLabel} htmlFor={`${id}-case`}>
              into case
            </label>
            <input
              id={`${id}-case`}
              ref={field}
              className={styles.caseInput}
              value={caseText}
              placeholder={unnamedCase}
              data-drop-case={caseName ?? ''}
              data-drop-format={format}
              spellCheck={false}
              autoComplete="off"
              aria-invalid={!valid}
              aria-describedby={valid ? undefined : `${id}-rule`}
              onChange={(event) => setCaseText(event.target.value)}
            />
            <FormatChoice format={format} onChoose={setFormat} />
          </div>
          {!valid && (
            <p id={`${id}-rule`} className={styles.rule} role="alert">
              Nothing is sent to a case of this name: it has letters, digits, dots, dashes and
              underscores, at most 64, and begins with a letter or digit.
            </p>
          )}
        </section>
        {uploads.length > 0 && (
          <section aria-label="Uploads">
            <h2 className={styles.sectionTitle}>Uploads</h2>
            <UploadList list={uploads} />
          </section>
        )}
        <Samples />
        <CaseList />
        <section aria-label="Connect an agent">
          <h2 className={styles.sectionTitle}>Connect an agent</h2>
          <p className={styles.lead}>
            Pipe what a running agent prints into a case; it grows while you look at it. The same
            with <code>-n falco ds/falco -c falco</code> (json_output: true),{' '}
            <code>-n kube-system ds/cilium -- hubble observe -o json -f</code> under kubectl exec,
            or the file of any other agent. <code>--format</code> names a format that is not found.
          </p>
          <pre className={styles.snippet}>
            {`kubectl logs -n kube-system ds/tetragon -c export-stdout -f |\n  npm run --silent forebear -- ingest - --case ${caseName ?? 'NAME'} --server ${location.origin}`}
          </pre>
        </section>
      </div>
    </div>
  );
}

/** The button that asks for files or for a folder; with `refuse` it asks for none and does that instead. */
function Picker({
  kind,
  refuse,
  onSelect,
}: {
  readonly kind: 'files' | 'folder';
  readonly refuse: (() => void) | undefined;
  readonly onSelect: (list: FileList | null) => void;
}) {
  const onPress = refuse === undefined ? {} : { onPress: refuse };
  const button =
    kind === 'files' ? (
      <Button kind="primary" icon={<FileUp aria-hidden="true" />} {...onPress}>
        Choose files
      </Button>
    ) : (
      <Button icon={<FolderUp aria-hidden="true" />} {...onPress}>
        Choose a folder
      </Button>
    );
  if (refuse !== undefined) return button;
  return (
    <FileTrigger
      {...(kind === 'files' ? { allowsMultiple: true } : { acceptDirectory: true })}
      onSelect={onSelect}
    >
      {button}
    </FileTrigger>
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
