import { useLive } from '../../api/services.ts';
import { FreshRows } from '../../lists/FreshRows.tsx';

export interface NewEventsProps {
  /** When the rows were asked for. */
  readonly updatedAt: number;
  readonly onShow: () => void;
}

/** The events that came in since the rows were asked for, while the case is watched live. */
export function NewEvents(props: NewEventsProps) {
  const { state } = useLive();
  const events = state.kind === 'open' ? state.stats?.ledger.events : undefined;
  return <FreshRows total={events} words="new" {...props} />;
}
