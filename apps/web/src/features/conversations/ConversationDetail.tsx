import { agentWords } from '@forebear/model/words/agentWords';
import {
  directionUnknown,
  endAddress,
  endPlace,
  stillOpen,
} from '@forebear/model/words/conversationWords';
import { evidenceWords } from '@forebear/model/words/evidenceWords';
import { lateAndNew } from '@forebear/model/words/lateWords';
import { scopeWords } from '@forebear/model/words/scopeWords';
import { verdictMeaning } from '@forebear/model/words/verdictWords';
import { Link } from '@tanstack/react-router';
import type { ConversationItem } from '../../api/answers.ts';
import { Button, linkButton } from '../../kit/Button.tsx';
import { Fact, Facts } from '../../kit/Facts.tsx';
import { formatDuration, wholeTraffic } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import { VerdictText } from '../../kit/VerdictText.tsx';
import type { View } from '../../url/view.ts';
import { confidenceMeaning } from '../../view/hopWords.ts';
import styles from './Conversations.module.css';
import { lengthOf } from './conversationRows.ts';
import { endLink } from './endLink.ts';

export interface ConversationDetailProps {
  readonly item: ConversationItem;
  readonly caseName: string;
  readonly view: View;
  /** Asks for what else was open then; absent: it has no time. */
  readonly onOpenThen: (() => void) | undefined;
}

/** One conversation in full: both ends with a way into their trees, when, how much, what was judged, and how it is known. */
export function ConversationDetail({ item, caseName, view, onOpenThen }: ConversationDetailProps) {
  const { client, server, accepted, evidence, confidence, agents } = item;
  const [toClient, toServer] = [endLink(client, caseName, view), endLink(server, caseName, view)];
  return (
    <div className={styles.detail}>
      <Facts className={styles.facts}>
        <Fact name="Client">
          <EndWords end={client} />
        </Fact>
        <Fact name="Server">
          <EndWords end={server} />
          {accepted !== null && (
            <span className={styles.muted}>
              {' · accepted at '}
              <SafeText mono text={endAddress(accepted)} />
            </span>
          )}
        </Fact>
        <Fact name="When">
          <When item={item} view={view} />
        </Fact>
        <Fact name="Bytes">
          ↑ {wholeTraffic(item.bytesSent)} sent ↓ {wholeTraffic(item.bytesReceived)} received
          <span className={styles.muted}> · as the client saw them, else the server</span>
        </Fact>
        <Fact name="Verdict">
          <VerdictText item={item} />
          <span className={styles.muted}>{` · ${verdictMeaning(item.verdict)}`}</span>
          {item.verdictReason !== '' && (
            <>
              {': '}
              <SafeText text={item.verdictReason} />
            </>
          )}
        </Fact>
        <Fact name="How sure">
          {confidence === null ? (
            <span className={styles.muted}>only one end’s own connection was seen</span>
          ) : (
            <>
              {confidence}: {confidenceMeaning(confidence)}
              <span className={styles.muted}>
                {' · '}
                <SafeText text={evidence} />
              </span>
            </>
          )}
          {!item.directionKnown && <span className={styles.muted}>{` · ${directionUnknown}`}</span>}
        </Fact>
        <Fact name="Told by" text={agents.map(agentWords).join(', ')} />
      </Facts>
      <p className={styles.ways}>
        {toClient !== undefined && (
          <Link {...toClient} className={linkButton}>
            Tree of the client
          </Link>
        )}
        {toServer !== undefined && (
          <Link {...toServer} className={linkButton}>
            Tree of the server
          </Link>
        )}
        {onOpenThen !== undefined && <Button onPress={onOpenThen}>What else was open then</Button>}
      </p>
    </div>
  );
}

function EndWords({ end }: { readonly end: ConversationItem['client'] }) {
  const place = endPlace(end);
  const { binary, pid, name, nameEvidence, scope } = end;
  return (
    <>
      {place !== '' && <SafeText text={place} />}{' '}
      {binary !== null && <SafeText mono text={binary} />}
      {pid !== null && ` pid ${pid}`}
      {end.lateNew && <span className={styles.muted}>{` · ${lateAndNew}`}</span>}{' '}
      <SafeText mono text={endAddress(end)} />
      {scope !== null && <span className={styles.muted}>{` · ${scopeWords(scope)}`}</span>}
      {name !== null && (
        <span className={styles.muted}>
          {' · called '}
          <SafeText text={name} />
          {nameEvidence !== '' && ` (${evidenceWords(nameEvidence)})`}
        </span>
      )}
    </>
  );
}

function When({ item, view }: Pick<ConversationDetailProps, 'item' | 'view'>) {
  const length = lengthOf(item);
  return (
    <>
      <TimeText time={item.firstSeen} zone={view.zone} digits="ns" day />
      {item.lastSeen !== null && item.lastSeen !== item.firstSeen && (
        <>
          {' – '}
          <TimeText time={item.lastSeen} zone={view.zone} digits="ns" beside={item.firstSeen} />
        </>
      )}
      <span className={styles.muted}>
        {length !== undefined && length > 0 && ` · ${formatDuration(length)}`}
        {item.opened === null && item.firstSeen !== null && ' · its opening was not seen'}
        {item.closed === null && (item.open ? ` · ${stillOpen}` : ' · its close was not seen')}
      </span>
    </>
  );
}
