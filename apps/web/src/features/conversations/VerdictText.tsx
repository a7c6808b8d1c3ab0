import { isHindered, nobodyJudged, verdictMeaning } from '@forebear/model/words/verdictWords';
import type { ConversationItem } from '../../api/answers.ts';
import { Badge } from '../../kit/Badge.tsx';
import { SafeText } from '../../kit/SafeText.tsx';
import { visibleText } from '../../kit/visibleText.ts';
import styles from './Conversations.module.css';

/** What was judged: loud when it stopped the connection, quiet when it let it through, a dash when nobody did. */
export function VerdictText({
  item: { verdict, verdictReason },
}: {
  readonly item: Pick<ConversationItem, 'verdict' | 'verdictReason'>;
}) {
  if (verdict === '')
    return (
      <span className={styles.unknown} title={nobodyJudged}>
        –
      </span>
    );
  const why = [verdictMeaning(verdict), visibleText(verdictReason)]
    .filter((word) => word !== '')
    .join(': ');
  if (isHindered(verdict))
    return (
      <Badge tone="alert" title={why}>
        <SafeText text={verdict} />
      </Badge>
    );
  return (
    <span className={styles.quiet} title={why}>
      <SafeText text={verdict.toLowerCase()} />
    </span>
  );
}
