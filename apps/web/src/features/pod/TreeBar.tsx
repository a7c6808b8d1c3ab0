import {
  ArrowDown,
  ArrowUp,
  ChevronDown,
  ChevronsDownUp,
  ChevronsUpDown,
  Layers,
  ListTree,
  Network,
  PanelBottom,
  PanelRight,
} from 'lucide-react';
import { Button, IconButton } from '../../kit/Button.tsx';
import { cls } from '../../kit/cls.ts';
import { formatCount, formatNoun } from '../../kit/format.ts';
import { LateLimit } from '../../kit/LateLimit.tsx';
import { Menu } from '../../kit/Menu.tsx';
import type { View } from '../../url/view.ts';
import type { News } from '../../view/merge.ts';
import { isFlagged, nextProcess } from '../../view/navigate.ts';
import { relativeModesOf } from '../../view/relativeTime.ts';
import { AgentSwitch } from './AgentSwitch.tsx';
import { AlertMark } from './AlertMark.tsx';
import { type Compactness, GraphTools } from './GraphTools.tsx';
import styles from './TreeBar.module.css';
import type { TreeActions } from './treeActions.ts';
import type { TreeState } from './useTree.ts';

const RELATIVE_WORDS: Readonly<Record<View['relative'], string>> = {
  main: 'Since main',
  parent: 'Since parent',
  previous: 'Since previous',
  clock: 'Clock time',
};

export interface TreeBarProps {
  readonly state: TreeState;
  readonly actions: TreeActions;
  readonly news: News;
  readonly panes: { readonly details: boolean; readonly events: boolean };
  readonly compactness: Compactness;
}

/** Every key of the tree as a control that can be seen. */
export function TreeBar({ state, actions, news, panes, compactness }: TreeBarProps) {
  const { view, change, model, overlay } = state;
  const find = (step: 1 | -1, wanted: (process: number) => boolean) => {
    const found = nextProcess(state.order, state.process, step, wanted);
    if (found >= 0) state.reveal(found);
  };
  const isMatch = (process: number) => overlay?.matched[process] === 1;
  const flagged = (process: number) => isFlagged(model, process);
  return (
    <div className={styles.bar} role="toolbar" aria-label="Tree">
      <span className={styles.group}>
        <Button
          kind="quiet"
          className={cls(view.shape === 'graph' && styles.chosen)}
          aria-pressed={view.shape === 'graph'}
          icon={<Network aria-hidden="true" />}
          onPress={() => change({ shape: 'graph' })}
        >
          Graph
        </Button>
        <Button
          kind="quiet"
          className={cls(view.shape === 'rows' && styles.chosen)}
          aria-pressed={view.shape === 'rows'}
          icon={<ListTree aria-hidden="true" />}
          onPress={() => change({ shape: 'rows' })}
        >
          Rows
        </Button>
      </span>
      <Menu
        label="Measure times from"
        entries={relativeModesOf(model).map((mode) => ({
          id: mode,
          text: RELATIVE_WORDS[mode],
          chosen: mode === view.relative,
        }))}
        onChoose={(id) => {
          if (id === 'main' || id === 'parent' || id === 'previous' || id === 'clock') {
            change({ relative: id });
          }
        }}
      >
        <Button kind="quiet">
          {RELATIVE_WORDS[view.relative]}
          <ChevronDown size={14} aria-hidden="true" />
        </Button>
      </Menu>
      <AgentSwitch state={state} />
      <LateLimit ms={view.lateMs} onChange={(lateMs) => change({ lateMs })} />
      <span className={styles.group}>
        <IconButton
          icon={<ChevronsDownUp aria-hidden="true" />}
          label="Close one level"
          keys="["
          onPress={() => state.level('fewer')}
        />
        <IconButton
          icon={<ChevronsUpDown aria-hidden="true" />}
          label="Open one level"
          keys="]"
          onPress={() => state.level('more')}
        />
        <IconButton
          icon={<Layers aria-hidden="true" />}
          label="Fold what repeats"
          aria-pressed={view.fold}
          className={cls(view.fold && styles.chosen)}
          onPress={() => change({ fold: !view.fold })}
        />
      </span>
      {model.loud + model.alerts > 0 && (
        <span className={styles.group}>
          {model.loud > 0 && <span className={styles.flagged}>⚑ {formatCount(model.loud)}</span>}
          <AlertMark count={model.alerts} gravity={model.gravest} />
          <IconButton
            icon={<ArrowUp aria-hidden="true" />}
            label="Previous flagged"
            keys="Shift+n"
            onPress={() => find(-1, flagged)}
          />
          <IconButton
            icon={<ArrowDown aria-hidden="true" />}
            label="Next flagged"
            keys="n"
            onPress={() => find(1, flagged)}
          />
        </span>
      )}
      {overlay !== undefined && (
        <span className={styles.group}>
          <span
            className={styles.count}
            data-testid="match-count"
            title={`${formatNoun(overlay.matches, 'process matches', 'processes match')}, of ${formatCount(model.count)} in this tree`}
          >
            {formatCount(overlay.matches)} of {formatCount(model.count)}{' '}
            {overlay.matches === 1 ? 'matches' : 'match'}
          </span>
          <IconButton
            icon={<ArrowUp aria-hidden="true" />}
            label="Previous match"
            keys="Shift+F3"
            onPress={() => find(-1, isMatch)}
          />
          <IconButton
            icon={<ArrowDown aria-hidden="true" />}
            label="Next match"
            keys="F3"
            onPress={() => find(1, isMatch)}
          />
          <Button
            kind="quiet"
            className={cls(view.filterMode === 'hide' && styles.chosen)}
            aria-pressed={view.filterMode === 'hide'}
            onPress={() => change({ filterMode: view.filterMode === 'hide' ? 'dim' : 'hide' })}
          >
            Hide others
          </Button>
        </span>
      )}
      {news.processes + news.loud > 0 && (
        <Button kind="primary" className={styles.news} onPress={actions.takeNews}>
          +{formatCount(news.processes)} new{news.loud > 0 && `, ${formatCount(news.loud)} late`} ·
          press .
        </Button>
      )}
      <span className={styles.end}>
        {view.shape === 'graph' && (
          <GraphTools {...compactness} state={state} camera={actions.camera} />
        )}
        <IconButton
          icon={<PanelBottom aria-hidden="true" />}
          label="Events"
          keys="e"
          aria-pressed={panes.events}
          className={cls(panes.events && styles.chosen)}
          onPress={actions.toggleEvents}
        />
        <IconButton
          icon={<PanelRight aria-hidden="true" />}
          label="Details"
          keys={'\\'}
          aria-pressed={panes.details}
          className={cls(panes.details && styles.chosen)}
          onPress={actions.toggleDetails}
        />
      </span>
    </div>
  );
}
