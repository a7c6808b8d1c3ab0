import { endAddress, endPlace } from '@forebear/model/words/conversationWords';
import { evidenceWords } from '@forebear/model/words/evidenceWords';
import { Link } from '@tanstack/react-router';
import type { ConversationItem } from '../../api/answers.ts';
import { Badge } from '../../kit/Badge.tsx';
import { baseName } from '../../kit/clip.ts';
import { cls } from '../../kit/cls.ts';
import { LoudBadges } from '../../kit/LoudBadges.tsx';
import { SafeText } from '../../kit/SafeText.tsx';
import type { View } from '../../url/view.ts';
import styles from './Conversations.module.css';
import { endLink } from './endLink.ts';

export interface EndCellProps {
  readonly end: ConversationItem['client'];
  readonly caseName: string;
  readonly view: View;
}

/** One end on two lines: what is known best of it, the process before the pod before the name; then where that is. */
export function EndCell({ end, caseName, view }: EndCellProps) {
  const address = endAddress(end);
  const place = endPlace(end);
  const isProcess = end.binary !== null;
  const title = isProcess || place === '' ? undefined : place;
  return (
    <span className={styles.end}>
      <span className={styles.line}>
        <LoudBadges process={end} narrow="signs" />
        <EndTitle end={end} title={title ?? address} caseName={caseName} view={view} />
        {end.pid !== null && <span className={styles.pid}>{end.pid}</span>}
        {end.scope === 'public' && (
          <Badge tone="external" label="external">
            <span className={styles.word}>EXTERNAL</span>
          </Badge>
        )}
      </span>
      <span className={styles.line}>
        <EndPlace end={end} place={place} isTitle={!isProcess} />
        {(isProcess || title !== undefined) && address !== '' && (
          <SafeText
            mono
            text={address}
            className={cls(styles.address, place !== '' && styles.beside)}
          />
        )}
        {!isProcess && title === undefined && <span className={styles.unknown}>nobody known</span>}
      </span>
    </span>
  );
}

function EndTitle({ end, title, caseName, view }: EndCellProps & { readonly title: string }) {
  const link = endLink(end, caseName, view);
  const text =
    end.binary === null ? (
      <SafeText text={title} />
    ) : (
      <SafeText text={end.binary} shown={baseName(end.binary) || '(no binary)'} />
    );
  return link === undefined ? (
    <span className={styles.title}>{text}</span>
  ) : (
    <Link {...link} tabIndex={-1} className={styles.title}>
      {text}
    </Link>
  );
}

/** Where it is, and what the other end called it by when that says more. */
function EndPlace({
  end,
  place,
  isTitle,
}: {
  readonly end: ConversationItem['client'];
  readonly place: string;
  readonly isTitle: boolean;
}) {
  const { name, nameEvidence } = end;
  const isNamed = name !== null && name !== place;
  return (
    <>
      {!isTitle && <SafeText text={place} className={styles.place} />}
      {isNamed && (
        <span
          className={cls(styles.place, !isTitle && styles.alias)}
          title={evidenceWords(nameEvidence)}
        >
          {!isTitle && 'as '}
          <SafeText text={name} />
        </span>
      )}
    </>
  );
}
