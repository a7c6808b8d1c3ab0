import { type Astray, countAstray, escapeWords } from '@forebear/model/words/flagMark';
import { Badge } from './Badge.tsx';
import { formatCount } from './format.ts';

/** How many processes of a pod are out of place; nothing for none. */
export function AstrayBadge({ pod }: { readonly pod: Astray }) {
  const count = countAstray(pod);
  if (count === 0) return null;
  return (
    <Badge tone="late" sign="⇱" label={escapeWords(pod.leftContainer, pod.lateContainer)}>
      {formatCount(count)}
    </Badge>
  );
}
