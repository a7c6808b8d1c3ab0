import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { processQuery } from '../../api/queries.ts';
import { baseName, clipMiddle } from '../../kit/clip.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { podLink } from '../../url/links.ts';
import type { Hop, View } from '../../url/view.ts';
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
      {view.trail.map((hop, at) => (
        <Crumb
          key={`${at}${hop.ref}`}
          hop={hop}
          caseName={address.caseName}
          view={view}
          before={view.trail.slice(0, at)}
        />
      ))}
      <span aria-current="page" className={styles.here}>
        <SafeText text={address.pod} shown={clipMiddle(address.pod, 40)} />
      </span>
    </nav>
  );
}

interface CrumbProps {
  readonly hop: Hop;
  readonly caseName: string;
  readonly view: View;
  readonly before: readonly Hop[];
}

function Crumb({ hop, caseName, view, before }: CrumbProps) {
  const { data } = useQuery(processQuery(caseName, hop.ref));
  const patch = { selected: hop.ref, trail: before, shape: view.shape };
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
      <span aria-hidden="true">▸</span>
    </>
  );
}
