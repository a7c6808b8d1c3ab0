import { formatTitle } from '@forebear/model/words/readFormats';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { X } from 'lucide-react';
import type { Ledger } from '../../api/answers.ts';
import { cancelSource } from '../../api/commands.ts';
import { sourceQuery } from '../../api/queries.ts';
import { useServices } from '../../api/services.ts';
import type { Upload } from '../../api/uploads.ts';
import { IconButton } from '../../kit/Button.tsx';
import { clipStart } from '../../kit/clip.ts';
import { formatBytes, formatCount, formatNoun, formatRate } from '../../kit/format.ts';
import { ProgressBar } from '../../kit/ProgressBar.tsx';
import { SafeText } from '../../kit/SafeText.tsx';
import { useToasts } from '../../kit/Toast.tsx';
import { caseLink } from '../../url/links.ts';
import { defaultView } from '../../url/view.ts';
import { cancelProblem } from './cancelProblem.ts';
import { NotALog } from './NotALog.tsx';
import styles from './UploadRow.module.css';

/** The server knows a source once its first bytes are there; a smaller file has arrived before one could ask. */
const KNOWN_AFTER_BYTES = 1024 * 1024;

/** One file: bytes, rate and events while it goes; what became of it afterwards. */
export function UploadRow({ one }: { readonly one: Upload }) {
  const { uploads } = useServices();
  const toasts = useToasts();
  const { case: here } = useParams({ strict: false });
  const going = one.state.kind === 'sending' || one.state.kind === 'waiting';
  const done = one.state.kind === 'done' ? one.state.source : undefined;
  const server = useQuery({
    ...sourceQuery(one.caseName, one.id),
    enabled: one.state.kind === 'sending' && one.sent > KNOWN_AFTER_BYTES,
    refetchInterval: one.state.kind === 'sending' ? 500 : false,
    retry: false,
  });
  const ledger = done?.ledger ?? (going ? server.data?.source.ledger : undefined);
  const share = one.size === 0 ? 1 : one.sent / one.size;
  const stop = useMutation({
    mutationFn: () => cancelSource(one.caseName, one.id),
    // The server may be on this machine: it is asked whatever the browser thinks of the network.
    networkMode: 'always',
    onError: (error) => {
      const text = cancelProblem(clipStart(one.name, 56), error);
      if (text !== undefined) toasts.show({ tone: 'problem', text });
    },
  });
  const cancel = () => {
    uploads.cancel(one.id);
    if (one.state.kind === 'sending') stop.mutate();
  };
  return (
    <li className={styles.row}>
      <div className={styles.line}>
        <SafeText text={one.name} shown={clipStart(one.name, 56)} className={styles.name} />
        <span className={styles.size}>{formatBytes(one.size)}</span>
        <IconButton
          icon={<X aria-hidden="true" />}
          label={going ? 'Cancel: what is in is kept' : 'Take off this list'}
          onPress={going ? cancel : () => uploads.dismiss(one.id)}
        />
      </div>
      {going && (
        <ProgressBar label={`Upload of ${one.name}`} value={share < 1 ? share : undefined} />
      )}
      <div className={styles.facts}>
        <State one={one} />
        {one.format !== 'auto' && <span>read as {formatTitle(one.format)}</span>}
        {ledger !== undefined && <LedgerWords ledger={ledger} going={going} />}
        {ledger !== undefined && ledger.events > 0 && one.caseName !== here && (
          <Link {...caseLink('overview', one.caseName, defaultView)}>
            {going ? 'Look at what is in' : 'Open the case'}
          </Link>
        )}
      </div>
      {one.state.kind === 'failed' && (
        <Failure
          failed={one.state}
          format={one.format}
          onReadAs={(format) => uploads.readAs(one.id, format)}
        />
      )}
      {done !== undefined && done.note !== '' && (
        <p className={styles.note}>
          <SafeText text={done.note} />
        </p>
      )}
    </li>
  );
}

function State({ one }: { readonly one: Upload }) {
  switch (one.state.kind) {
    case 'waiting':
      return <span>waiting</span>;
    case 'sending':
      return one.sent < one.size ? (
        <span>
          {formatBytes(one.sent)} of {formatBytes(one.size)} · {formatRate(one.rate, 'bytes')}
        </span>
      ) : (
        <span>received, being stored</span>
      );
    case 'cancelled':
      return <span>cancelled; what arrived before is kept</span>;
    case 'failed':
      return <span className={styles.bad}>not taken</span>;
    case 'done':
      return (
        <span className={one.state.source.state === 'complete' ? '' : styles.bad}>
          {one.state.source.state === 'damaged' ? 'in part' : one.state.source.state}
        </span>
      );
  }
}

function LedgerWords({ ledger, going }: { readonly ledger: Ledger; readonly going: boolean }) {
  const unread = ledger.quarantined;
  return (
    <>
      <span>{formatNoun(ledger.events, 'event')}</span>
      {ledger.duplicate > 0 && <span>{formatNoun(ledger.duplicate, 'duplicate')}</span>}
      {(unread > 0 || going) && (
        <span className={unread > 0 ? styles.bad : ''}>{formatCount(unread)} not understood</span>
      )}
    </>
  );
}

interface FailureProps {
  readonly failed: Extract<Upload['state'], { readonly kind: 'failed' }>;
  readonly format: string;
  readonly onReadAs: (format: string) => void;
}

function Failure({ failed, ...asked }: FailureProps) {
  const { failure } = failed;
  if (failure.code === 'not_a_log') {
    return <NotALog {...failed} {...asked} />;
  }
  return (
    <p className={styles.note}>
      <SafeText text={failure.message} /> <code className={styles.code}>{failure.code}</code>
    </p>
  );
}
