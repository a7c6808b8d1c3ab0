import { Pause, Play } from 'lucide-react';
import { useLive, useServices } from '../api/services.ts';
import { IconButton } from '../kit/Button.tsx';
import { cls } from '../kit/cls.ts';
import { describeLive } from './describeLive.ts';
import styles from './Live.module.css';

/** Whether the page follows the case: rate, lag, and the switch that holds it still. */
export function LiveDot() {
  const { live } = useServices();
  const { state, paused } = useLive();
  if (state.kind === 'off') return null;
  const { tone, text } = describeLive(state, paused);
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
