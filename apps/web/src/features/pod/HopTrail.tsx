import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ProcessAnswer } from '../../api/answers.ts';
import { processQuery } from '../../api/queries.ts';
import { baseName, clipMiddle } from '../../kit/clip.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { podLink } from '../../url/links.ts';
import type { Hop, View } from '../../url/view.ts';
import { type Confidence, confidenceMeaning } from '../../view/hopWords.ts';
import { type Crumb, foldTrail } from './foldTrail.ts';
import styles from './HopTrail.module.css';
import type { PodAddress } from './podAddress.ts';

export interface HopTrailProps {
  readonly address: PodAddress;
  readonly view: View;
}

/** The way the reader came, from process to process and pod to pod: `crawler:nc ▸ elasticsearch:java`. */
export function HopTrail({ address, view }: HopTrailProps) {
  if (view.trail.length === 0) return null;
  return (
    <nav className={styles.trail} aria-label="Hops">
      <span className={styles.word}>Hops</span>
      {foldTrail(view.trail).map((crumb) => (
        <CrumbLink
          key={`${crumb.first}${crumb.hop.ref}`}
          crumb={crumb}
          caseName={address.caseName}
          view={view}
          next={
            view.trail[crumb.first + 1] ?? {
              namespace: address.namespace,
              pod: address.pod,
              ref: '',
            }
          }
        />
      ))}
      <span aria-current="page" className={styles.here}>
        <SafeText text={address.pod} shown={clipMiddle(address.pod, 40)} />
      </span>
    </nav>
  );
}

interface CrumbLinkProps {
  readonly crumb: Crumb;
  readonly caseName: string;
  readonly view: View;
  /** Where it led first: another crumb, or this page. */
  readonly next: Hop;
}

function CrumbLink({ crumb, caseName, view, next }: CrumbLinkProps) {
  const { hop, times, first, last } = crumb;
  const { data } = useQuery(processQuery(caseName, hop.ref));
  const confidence = data === undefined ? undefined : hopConfidence(data, next);
  const patch = { selected: hop.ref, trail: view.trail.slice(0, first), shape: view.shape };
  return (
    <>
      <Link {...podLink({ caseName, ...hop }, view, patch)}>
        <SafeText text={hop.pod} shown={clipMiddle(hop.pod, 40)} />
        {data !== undefined && (
          <>
            :<SafeText text={baseName(data.binary)} />
          </>
        )}
      </Link>
      {times > 1 && (
        <span
          className={styles.word}
          title={`Left ${times} times on this way: first as step ${first + 1}, last as step ${last + 1}`}
        >
          ×{times}
        </span>
      )}
      {confidence !== undefined && (
        <span className={styles.word} title={confidenceMeaning(confidence)}>
          {confidence}
        </span>
      )}
      <span aria-hidden="true">▸</span>
    </>
  );
}

/** How sure it is that a process reached what comes next: by the very process when it is known, else by its pod. */
function hopConfidence(process: ProcessAnswer, next: Hop): Confidence | undefined {
  const peers = process.connections.flatMap((leaf) => leaf.peers);
  const exact = peers.find(({ ref }) => ref === next.ref);
  const near = peers.find(({ namespace, pod }) => namespace === next.namespace && pod === next.pod);
  return (exact ?? near)?.confidence;
}
