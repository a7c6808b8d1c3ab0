import { useQuery } from '@tanstack/react-query';
import { Pause, Play } from 'lucide-react';
import { sourcesQuery } from '../api/queries.ts';
import { useReceiving } from '../api/receiving.ts';
import { useLive, useServices } from '../api/services.ts';
import { useNoSuchCase } from '../features/start/NoSuchCase.tsx';
import { IconButton } from '../kit/Button.tsx';
import { cls } from '../kit/cls.ts';
import { describeLive, isFollowed } from './describeLive.ts';
import styles from './Live.module.css';

/** Whether the page follows the case: rate, lag, and the switch that holds it still. */
export function LiveDot({ caseName }: { readonly caseName: string }) {
  const { live } = useServices();
  const { state, paused } = useLive();
  const sources = useQuery(sourcesQuery(caseName)).data?.items;
  const receiving = useReceiving(caseName);
  const noSuchCase = useNoSuchCase(caseName);
  // There is nothing to be connected to.
  if (state.kind === 'off' || noSuchCase) return null;
  const words = describeLive(state, paused, receiving);
  if (!isFollowed(sources, words)) return null;
  const { tone, text } = words;
  return (
    <span className={styles.live}>
      <span className={cls(styles.dot, styles[tone])} aria-hidden="true" />
      <span className={styles.words}>{text}</span>
      <IconButton
        icon={paused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
        label={paused ? 'Follow live again' : 'Hold the page still'}
        onPress={() => live.setPaused(!paused)}
      />
    </span>
  );
}
