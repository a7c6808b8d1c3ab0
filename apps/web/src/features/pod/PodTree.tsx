import { useNavigate } from '@tanstack/react-router';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useServices } from '../../api/services.ts';
import { isTyping } from '../../kit/keys.ts';
import { recall, remember } from '../../kit/remembered.ts';
import { Splitter } from '../../kit/Splitter.tsx';
import { useToasts } from '../../kit/Toast.tsx';
import { useNarrow } from '../../kit/useNarrow.ts';
import { podLink } from '../../url/links.ts';
import type { ChangeView } from '../../url/useView.ts';
import type { View } from '../../url/view.ts';
import type { LiveTree } from '../../view/merge.ts';
import { headKey, rowKind } from '../../view/rowKeys.ts';
import { textOf } from '../../view/texts.ts';
import { hasState, rowState } from '../../view/visibleTree.ts';
import { callId } from './CallList.tsx';
import { DensityStrip } from './DensityStrip.tsx';
import { DetailsPanel } from './DetailsPanel.tsx';
import { EventPane } from './EventPane.tsx';
import { focusTree } from './focusTree.ts';
import { GraphView } from './GraphView.tsx';
import { HopTrail } from './HopTrail.tsx';
import { HostFlags } from './HostFlags.tsx';
import { hopFrom } from './hops.ts';
import { PodHead } from './PodHead.tsx';
import { PodNotes } from './PodNotes.tsx';
import { PodOrigin } from './PodOrigin.tsx';
import styles from './PodPage.module.css';
import type { PodAddress } from './podAddress.ts';
import { RowsView } from './RowsView.tsx';
import { TreeBar } from './TreeBar.tsx';
import { TreeReloading } from './TreeLoading.tsx';
import type { CameraActions, TreeActions } from './treeActions.ts';
import type { LiveTreeState } from './useLiveTree.ts';
import { useTree } from './useTree.ts';

export interface PodTreeProps {
  readonly address: PodAddress;
  readonly tree: LiveTreeState;
  readonly live: LiveTree;
  readonly view: View;
  readonly change: ChangeView;
  /** While the page itself gives the tree the focus: nobody works in it yet, so nothing has to hold still. */
  readonly isArriving: RefObject<boolean>;
}

/** Head, strip, tree, details and events of one pod, around one shared state. */
export function PodTree({ address, tree, live, view, change, isArriving }: PodTreeProps) {
  const state = useTree(live, view, change);
  const [panes, setPanes] = useState(() => ({
    details: recall('pane.details') !== 'off' && innerWidth >= 900,
    events:
      recall('pane.events') === 'on' || (recall('pane.events') === undefined && innerHeight >= 960),
  }));
  const [isCompact, setIsCompact] = useState(() => recall('graph.compact') === 'on');
  const setCompact = (next: boolean) => {
    remember('graph.compact', next ? 'on' : 'off');
    setIsCompact(next);
  };
  const [rawId, setRawId] = useState('');
  const showPane = (pane: 'details' | 'events', isShown: boolean) => {
    remember(`pane.${pane}`, isShown ? 'on' : 'off');
    setPanes((before) => ({ ...before, [pane]: isShown }));
  };
  const actions = useActions({ address, tree, state, view, change, panes, showPane, isArriving });
  useTreeFocus(view.shape);
  const isSmall = useNarrow(560);
  const showRaw = (id: string) => {
    setRawId(id);
    change({ tab: 'raw' });
    showPane('details', true);
  };
  return (
    <div className={styles.body}>
      <TreeReloading loading={tree.loading} />
      <PodHead address={address} state={state} />
      <PodOrigin address={address} state={state} />
      <HopTrail address={address} view={view} />
      <PodNotes
        address={address}
        state={state}
        actions={{
          areEventsShown: panes.events,
          showEvents: () => showPane('events', true),
          showDetails: () => actions.openCalls([]),
        }}
      />
      {address.pod === '' && <HostFlags address={address} state={state} />}
      <DensityStrip address={address} state={state} onOpenCalls={actions.openCalls} />
      <TreeBar
        state={state}
        actions={actions}
        news={live.news}
        panes={panes}
        compactness={{ isCompact, setCompact }}
      />
      <div className={styles.panes}>
        <Splitter
          name="podEvents"
          label="Resize the event table"
          direction="column"
          sized="second"
          initial={220}
          min={100}
          max={700}
          collapsed={!panes.events}
          first={
            <Splitter
              key={isSmall ? 'below' : 'beside'}
              name={isSmall ? 'podDetailsBelow' : 'podDetails'}
              label="Resize the details"
              direction={isSmall ? 'column' : 'row'}
              sized="second"
              initial={isSmall ? 200 : besideWidth()}
              min={isSmall ? 120 : 260}
              max={900}
              collapsed={!panes.details}
              first={
                view.shape === 'graph' ? (
                  // As another agent tells it, it is another picture: it is looked at from the beginning.
                  <GraphView
                    key={tree.agent}
                    state={state}
                    actions={actions}
                    isCompact={isCompact}
                  />
                ) : (
                  <RowsView state={state} actions={actions} />
                )
              }
              second={
                <DetailsPanel
                  address={address}
                  state={state}
                  rawId={rawId}
                  onRaw={showRaw}
                  onClose={() => showPane('details', false)}
                  actions={actions}
                />
              }
            />
          }
          second={<EventPane address={address} state={state} onRaw={showRaw} />}
        />
      </div>
    </div>
  );
}

/** Pixels of the details beside the tree before anybody moved them. */
function besideWidth(): number {
  return innerWidth >= 1440 ? 420 : 384;
}

/** The other shape is another element: the focus goes on to it, so that the keys go on working. */
function useTreeFocus(shape: View['shape']): void {
  const shown = useRef(shape);
  useEffect(() => {
    if (shown.current === shape) return undefined;
    shown.current = shape;
    const frame = requestAnimationFrame(() => {
      if (!isTyping(document.activeElement)) focusTree();
    });
    return () => cancelAnimationFrame(frame);
  }, [shape]);
}

/** Frames in which a place of the details that were just opened may be drawn. */
const FRAMES = 60;

/** Moves the focus into the details: to a place in them as soon as it is drawn, else to themselves. */
function focusDetails(id: string, frames = FRAMES): void {
  requestAnimationFrame(() => {
    const place = document.getElementById(id);
    if (place === null && frames > 0) focusDetails(id, frames - 1);
    else (place ?? document.getElementById('details'))?.focus();
  });
}

interface ActionParts {
  readonly address: PodAddress;
  readonly tree: LiveTreeState;
  readonly state: ReturnType<typeof useTree>;
  readonly view: View;
  readonly change: ChangeView;
  readonly panes: { readonly details: boolean; readonly events: boolean };
  readonly showPane: (pane: 'details' | 'events', isShown: boolean) => void;
  readonly isArriving: RefObject<boolean>;
}

function useActions(parts: ActionParts): TreeActions {
  const { live } = useServices();
  const navigate = useNavigate();
  const toasts = useToasts();
  const [camera] = useState<CameraActions>(() => ({
    centre: () => undefined,
    fitAll: () => undefined,
    zoom: () => undefined,
    pan: () => undefined,
  }));
  const held = useRef({ pointer: false, focus: false });
  const latest = useRef(parts);
  useEffect(() => {
    latest.current = parts;
  });
  return useMemo(
    () => ({
      camera,
      hold: (why, isHeld) => {
        if (why === 'focus' && isHeld && latest.current.isArriving.current) return;
        held.current[why] = isHeld;
        latest.current.tree.hold(held.current.pointer || held.current.focus);
      },
      takeNews: () => latest.current.tree.takeNews(),
      say: (text) => {
        toasts.show({ tone: 'plain', text });
      },
      togglePause: () => live.setPaused(!live.paused),
      toggleDetails: () => latest.current.showPane('details', !latest.current.panes.details),
      toggleEvents: () => latest.current.showPane('events', !latest.current.panes.events),
      openCalls: (calls) => {
        const { state, showPane } = latest.current;
        const { model, reveal, select, change } = state;
        const started = calls.map(({ process }) => model.rowOfRef(process?.ref ?? ''));
        const process = started.find((row) => row >= 0);
        if (process === undefined) select(headKey);
        else reveal(process);
        change({ tab: undefined });
        showPane('details', true);
        const [call] = calls;
        focusDetails(process === undefined && call !== undefined ? callId(call) : 'details');
      },
      openRow: (row) => {
        const { state, address, view, showPane } = latest.current;
        const { tree, model } = state;
        if (tree.kind[row] === rowKind.leaf) {
          const { connections } = model.columns;
          const leaf = tree.item[row] ?? -1;
          const peer = connections.peer[leaf];
          const hasSeveral = (connections.peers[leaf] ?? 0) > 1;
          const [namespace = '', pod = ''] = textOf(model, connections.peerPod[leaf]).split('/');
          // Which of several is the reader's choice: the tab lists them all.
          if (hasSeveral) state.change({ tab: 'network' });
          else if (peer !== null && peer !== undefined && pod !== '') {
            const process = model.columns.nodes.ref[connections.process[leaf] ?? -1] ?? '';
            void navigate(
              podLink({ caseName: address.caseName, namespace, pod }, view, {
                selected: peer,
                shape: view.shape,
                trail: hopFrom(address, view, process),
              }),
            );
            return;
          }
        }
        const isFold = tree.kind[row] !== rowKind.process && tree.kind[row] !== rowKind.leaf;
        if (isFold && hasState(tree, row, rowState.expandable) && row > 0) {
          state.toggle(row);
          return;
        }
        showPane('details', true);
        focusDetails('details');
      },
    }),
    [camera, live, navigate, toasts],
  );
}
