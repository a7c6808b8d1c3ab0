import { agentWords } from '@forebear/model/words/agentWords';
import { useQuery } from '@tanstack/react-query';
import { sourcesQuery } from '../../api/queries.ts';
import { formatShares } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';

/** Which agents wrote what is in the case, by events. */
export function DetectedFormats({ caseName }: { readonly caseName: string }) {
  const sources = useQuery(sourcesQuery(caseName));
  const formats = new Map<string, number>();
  for (const { formats: of } of sources.data?.items ?? []) {
    for (const [name, count] of Object.entries(of))
      formats.set(agentWords(name), (formats.get(agentWords(name)) ?? 0) + count);
  }
  if (formats.size === 0) return null;
  return (
    <span>
      detected <SafeText text={formatShares(Object.fromEntries(formats))} />
    </span>
  );
}
