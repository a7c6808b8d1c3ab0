import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useMatchRoute } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useState } from 'react';
import { type SampleName, sampleOfCase } from '../../api/commands.ts';
import { destinationsQuery, lateralQuery, podsQuery } from '../../api/queries.ts';
import { IconButton } from '../../kit/Button.tsx';
import { cls } from '../../kit/cls.ts';
import { recall, remember } from '../../kit/remembered.ts';
import { useView } from '../../url/useView.ts';
import styles from './Tour.module.css';
import { tourOf } from './tours.ts';

/** The story of a sample in a few steps, above its pages; nothing for any other case, or once it was dismissed. */
export function Tour({ caseName }: { readonly caseName: string | undefined }) {
  const name = sampleOfCase(caseName);
  if (name === undefined || caseName === undefined) return null;
  return <Steps key={name} name={name} caseName={caseName} />;
}

interface StepsProps {
  readonly name: SampleName;
  readonly caseName: string;
}

function Steps({ name, caseName }: StepsProps) {
  const [isDismissed, setDismissed] = useState(() => recall(`tour.${name}`) === 'off');
  const [view, change] = useView();
  const matches = useMatchRoute();
  const enabled = !isDismissed;
  const pods = useQuery({ ...podsQuery(caseName), enabled });
  const destinations = useInfiniteQuery({ ...destinationsQuery(caseName), enabled });
  const lateral = useQuery({ ...lateralQuery(caseName), enabled });
  const isHere = pods.data && destinations.data && lateral.data;
  if (isDismissed || !isHere) return null;
  const steps = tourOf(name, {
    caseName,
    view,
    pods: pods.data.items,
    destinations: destinations.data.pages.flatMap((page) => page.items),
    hops: lateral.data.items,
  });
  const [first] = steps;
  if (first === undefined) return null;
  // An address without a step is at the first one where that leads, and at none elsewhere.
  const isAtFirst = matches({ to: first.target.to, params: first.target.params }) !== false;
  const at = view.tour === 0 && !isAtFirst ? -1 : Math.min(view.tour, steps.length - 1);
  return (
    <nav className={styles.tour} aria-label="Tour of the sample">
      <ol className={styles.steps}>
        {steps.map(({ title, target }, place) => (
          <li key={title} aria-current={place === at ? 'step' : undefined}>
            <Link {...target} className={cls(styles.step, place === at && styles.here)}>
              <span className={styles.number}>{place + 1}</span>
              <span className={styles.stepName}>{title}</span>
            </Link>
          </li>
        ))}
      </ol>
      <p className={styles.says} aria-live="polite">
        {steps[at]?.says ?? 'This page is no step of the tour: a number leads to one.'}
      </p>
      <span className={styles.close}>
        <IconButton
          icon={<X aria-hidden="true" />}
          label="Dismiss the tour"
          onPress={() => {
            remember(`tour.${name}`, 'off');
            setDismissed(true);
            change({ tour: 0 });
          }}
        />
      </span>
    </nav>
  );
}
