import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { CaseItem } from '../../api/answers.ts';
import { deleteCase } from '../../api/commands.ts';
import { asFailure } from '../../api/failure.ts';
import { casesQuery } from '../../api/queries.ts';
import { useUploads } from '../../api/services.ts';
import { isGoing } from '../../api/uploads.ts';
import { Button, IconButton } from '../../kit/Button.tsx';
import { Dialog } from '../../kit/Dialog.tsx';
import { ErrorState } from '../../kit/ErrorState.tsx';
import { formatBytes, formatCount, formatNoun } from '../../kit/format.ts';
import { formatSpan, parseMoment } from '../../kit/formatTime.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { Skeleton } from '../../kit/Skeleton.tsx';
import { caseLink } from '../../url/links.ts';
import { useView } from '../../url/useView.ts';
import { carriedView } from '../../url/viewUrl.ts';
import styles from './StartPage.module.css';

/** Every case on this server; each is a database of its own. */
export function CaseList() {
  // What a case holds grows while a file is on its way.
  const isGrowing = useUploads().some(isGoing);
  const cases = useQuery({ ...casesQuery(), refetchInterval: isGrowing && 1000 });
  const [doomed, setDoomed] = useState<CaseItem | undefined>(undefined);
  return (
    <section aria-label="Cases">
      <h2 className={styles.sectionTitle}>Cases</h2>
      {cases.isPending && <Skeleton label="Loading the cases" rows={3} />}
      {cases.isError && (
        <ErrorState
          title="The cases could not be loaded"
          reason={asFailure(cases.error).message}
          code={asFailure(cases.error).code}
          onRetry={() => void cases.refetch()}
        />
      )}
      {cases.data !== undefined && (
        <ul className={styles.cases}>
          {cases.data.items.map((one) => (
            <CaseLine key={one.name} one={one} onDelete={() => setDoomed(one)} />
          ))}
        </ul>
      )}
      <DeleteDialog doomed={doomed} onClose={() => setDoomed(undefined)} />
    </section>
  );
}

function CaseLine({ one, onDelete }: { readonly one: CaseItem; readonly onDelete: () => void }) {
  const [view] = useView();
  const first = one.firstTime === null ? undefined : parseMoment(one.firstTime);
  const last = one.lastTime === null ? undefined : parseMoment(one.lastTime);
  return (
    <li className={styles.case}>
      <Link
        {...caseLink('overview', one.name, carriedView(view, { filter: '' }))}
        className={styles.caseName}
      >
        <SafeText text={one.name} />
      </Link>
      {one.events === 0 ? (
        <span className={styles.caseEmpty}>empty</span>
      ) : (
        <>
          <span
            className={styles.caseFact}
            title="Every exec_id. A process that became another program in place is one process with several"
          >
            {formatNoun(one.processes, 'execution')}
          </span>
          <span className={styles.caseFact}>{formatNoun(one.events, 'event')}</span>
          <span className={styles.caseFact}>{formatNoun(one.sources, 'source')}</span>
          <span className={styles.caseFact}>{formatBytes(one.sizeBytes)} on disk</span>
          <span className={styles.caseTime}>
            {first !== undefined && last !== undefined && formatSpan(first, last, view.zone)}
          </span>
        </>
      )}
      <IconButton
        icon={<Trash2 aria-hidden="true" />}
        label={`Delete case ${one.name}`}
        onPress={onDelete}
      />
    </li>
  );
}

interface DeleteDialogProps {
  readonly doomed: CaseItem | undefined;
  readonly onClose: () => void;
}

function DeleteDialog({ doomed, onClose }: DeleteDialogProps) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: deleteCase,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['cases'] });
      onClose();
    },
  });
  return (
    <Dialog
      title={`Delete case ${doomed?.name ?? ''}?`}
      role="alertdialog"
      isOpen={doomed !== undefined}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Keep it</Button>
          <Button
            kind="danger"
            isDisabled={remove.isPending}
            onPress={() => {
              if (doomed !== undefined) remove.mutate(doomed.name);
            }}
          >
            Delete with its data
          </Button>
        </>
      }
    >
      <p>
        Its database is deleted: {formatCount(doomed?.events ?? 0)} events and the original records
        of {formatNoun(doomed?.sources ?? 0, 'source')}. There is no way back.
      </p>
      {remove.isError && (
        <p className={styles.rule} role="alert">
          <SafeText text={asFailure(remove.error).message} />
        </p>
      )}
    </Dialog>
  );
}
