import { isHindered, nobodyJudged, verdictMeaning } from '@forebear/model/words/verdictWords';
import { Badge } from './Badge.tsx';
import { SafeText } from './SafeText.tsx';
import styles from './VerdictText.module.css';
import { visibleText } from './visibleText.ts';

/** What was judged: loud when it stopped the connection, quiet when it let it through, a dash when nobody did. */
export function VerdictText({
  item: { verdict, verdictReason },
}: {
  readonly item: { readonly verdict: string; readonly verdictReason: string };
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
