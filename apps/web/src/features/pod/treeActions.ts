import type { CallItem } from '../../api/answers.ts';

/** What keys, cards and buttons of the page may ask for beyond the tree itself. */
export interface TreeActions {
  /** Told why nothing may jump: a pointer or the focus is in the tree. */
  readonly hold: (why: 'pointer' | 'focus', isHeld: boolean) => void;
  readonly takeNews: () => void;
  /** Opens the details and moves there; on a connection with a known other end, goes to it. */
  readonly openRow: (row: number) => void;
  /** Opens what a mark of calls stands for: the process that one of them started, else the calls in the pod's details. */
  readonly openCalls: (calls: readonly CallItem[]) => void;
  readonly toggleEvents: () => void;
  readonly toggleDetails: () => void;
  readonly togglePause: () => void;
  /** Says something in a toast. */
  readonly say: (text: string) => void;
  /** The graph's own: camera. */
  readonly camera: CameraActions;
}

export interface CameraActions {
  centre: () => void;
  fitAll: () => void;
  zoom: (factor: number) => void;
  pan: (x: number, y: number) => void;
}
