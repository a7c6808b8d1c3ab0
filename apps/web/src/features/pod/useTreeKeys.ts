import { tellsArguments } from '@forebear/model/words/processWords';
import { useCallback } from 'react';
import { areSingleKeysOn, bindingOf, isTyping, keyMap, type PressedKey } from '../../kit/keys.ts';
import { foldAround, withOpened } from '../../view/expansion.ts';
import { isFlagged, nextProcess, sibling, siblingKeys, sideways } from '../../view/navigate.ts';
import { firstMain, relativeModesOf } from '../../view/relativeTime.ts';
import { rowKind } from '../../view/rowKeys.ts';
import { argumentsOf, commandText, textOf } from '../../view/texts.ts';
import { keyOf } from '../../view/visibleTree.ts';
import type { TreeActions } from './treeActions.ts';
import type { TreeState } from './useTree.ts';

type TreeBinding = Extract<(typeof keyMap)[number], { place: 'tree' }>;
type TreeKeyId = TreeBinding['id'];
const bindings = keyMap.filter((binding): binding is TreeBinding => binding.place === 'tree');

/** A key as the page or the document tells of it. */
interface TreeKeyEvent extends PressedKey {
  readonly target: EventTarget | null;
  readonly defaultPrevented: boolean;
  readonly preventDefault: () => void;
}

/** The keys of the tree, for graph and rows alike. Single letters act only when the reader left them on. */
export function useTreeKeys(
  state: TreeState,
  actions: TreeActions,
  { page }: { readonly page: number },
): (event: TreeKeyEvent) => void {
  return useCallback(
    (event: TreeKeyEvent) => {
      if (isTyping(event.target) || event.defaultPrevented) return;
      // A focus that the page gave holds nothing until it is used.
      if (event.key !== 'Tab') actions.hold('focus', true);
      if (event.key === 'Escape' && stepBack(state)) {
        event.preventDefault();
        return;
      }
      const binding = bindingOf(event, bindings);
      if (binding === undefined) return;
      if (event.key.length === 1 && !areSingleKeysOn()) return;
      if (act(binding.id, event, { state, actions, page })) event.preventDefault();
    },
    [state, actions, page],
  );
}

interface Context {
  readonly state: TreeState;
  readonly actions: TreeActions;
  readonly page: number;
}

/** Back from the filter, then from the selection. */
function stepBack({ view, change, activeKey, select }: TreeState): boolean {
  if (view.filter !== '' || view.range !== undefined) {
    change({ filter: '', range: undefined });
    return true;
  }
  if (activeKey !== '') select('');
  return activeKey !== '';
}

/** Does what a key asks for; false when there is nothing to do, so that the page may scroll. */
function act(id: TreeKeyId, { key, shiftKey }: TreeKeyEvent, context: Context): boolean {
  const { state, actions, page } = context;
  const { tree, model, view, change } = state;
  const row = state.activeRow < 0 ? 0 : state.activeRow;
  const isGraph = view.shape === 'graph';
  const within = (at: number) => Math.max(0, Math.min(tree.count - 1, at));
  switch (id) {
    case 'treeDown':
      state.go(isGraph ? sibling(tree, row, 1) : within(row + 1));
      return true;
    case 'treeUp':
      state.go(isGraph ? sibling(tree, row, -1) : within(row - 1));
      return true;
    case 'treeRight':
    case 'treeLeft': {
      const move = sideways(tree, row, id === 'treeRight' ? 'right' : 'left');
      if (move?.kind === 'go') state.go(move.row);
      else if (move !== undefined) state.toggle(move.row);
      return true;
    }
    case 'treePage':
      state.go(within(row + (key === 'PageDown' ? page : -page)));
      return true;
    case 'treeEnds':
      state.go(key === 'Home' ? 0 : tree.count - 1);
      return true;
    case 'treeSiblings':
      change(({ expansion }) => ({
        expansion: withOpened(expansion, siblingKeys(tree, row).slice(0, 60)),
      }));
      return true;
    case 'treeLevels':
      state.level(key === ']' ? 'more' : 'fewer');
      return true;
    case 'treeAll':
      state.level(key === '}' ? 'all' : 'none');
      return true;
    case 'treeOpen':
      actions.openRow(row);
      return true;
    case 'treeFlagged':
      find(
        context,
        shiftKey ? -1 : 1,
        (process) => isFlagged(model, process),
        'Nothing is flagged',
      );
      return true;
    case 'treeMatch': {
      const { overlay } = state;
      const isMatch = (process: number) => overlay?.matched[process] === 1;
      find(context, shiftKey ? -1 : 1, isMatch, overlay === undefined ? 'No filter' : 'No match');
      return true;
    }
    case 'treeMain': {
      const main = firstMain(model);
      if (main >= 0) state.reveal(main);
      else actions.say(noMainWords(model.columns.pod.kind));
      return true;
    }
    case 'treeRoot':
      if (state.process >= 0) change({ root: model.columns.nodes.ref[state.process] });
      return state.process >= 0;
    case 'treeUnroot':
      change({ root: undefined });
      return true;
    case 'treeFold':
      toggleFold(context, row);
      return true;
    case 'treeRelative': {
      const modes = relativeModesOf(model);
      change({ relative: modes[(modes.indexOf(view.relative) + 1) % modes.length] ?? 'clock' });
      return true;
    }
    case 'treeCopy':
      copyCommand(context);
      return true;
    case 'treeLink':
      void navigator.clipboard.writeText(location.href).then(() => actions.say('Link copied'));
      return true;
    case 'treeShape':
      change({ shape: key === '1' ? 'graph' : 'rows' });
      return true;
    case 'treeEvents':
      actions.toggleEvents();
      return true;
    case 'treeDetails':
      actions.toggleDetails();
      return true;
    case 'treeFollow':
      actions.togglePause();
      return true;
    case 'treeTake':
      actions.takeNews();
      return true;
    default:
      return isGraph && moveCamera(id, key, actions);
  }
}

function moveCamera(id: TreeKeyId, key: string, { camera }: TreeActions): boolean {
  const STEP = 120;
  switch (id) {
    case 'treeCentre':
      camera.centre();
      return true;
    case 'treeFit':
      camera.fitAll();
      return true;
    case 'treeZoom':
      camera.zoom(key === '+' ? 1.25 : 0.8);
      return true;
    case 'treePan':
      camera.pan(
        STEP * (Number(key === 'a') - Number(key === 'd')),
        STEP * (Number(key === 'w') - Number(key === 's')),
      );
      return true;
    default:
      return false;
  }
}

function find(
  { state, actions }: Context,
  step: 1 | -1,
  wanted: (process: number) => boolean,
  otherwise: string,
): void {
  const found = nextProcess(state.order, state.process, step, wanted);
  if (found >= 0) state.reveal(found);
  else actions.say(otherwise);
}

function toggleFold({ state }: Context, row: number): void {
  const { tree, view, change } = state;
  const around = foldAround(tree, row, view.expansion.opened);
  if (around !== '') {
    change(({ expansion }) => ({
      expansion: { ...expansion, opened: expansion.opened.filter((key) => key !== around) },
    }));
    state.select(around);
  } else if (tree.kind[row] !== rowKind.process && keyOf(tree, row) !== '') state.toggle(row);
}

function copyCommand({ state, actions }: Context): void {
  const { model, process } = state;
  if (process < 0) return;
  const binary = textOf(model, model.columns.nodes.binary[process]);
  const words = argumentsOf(model, process);
  const kind = model.columns.nodes.kind[process] ?? '';
  const said =
    words !== '' || tellsArguments(kind, binary)
      ? 'Command copied'
      : 'Copied without arguments: they are not in this log';
  void navigator.clipboard.writeText(commandText(binary, words)).then(() => actions.say(said));
}

function noMainWords(kind: string): string {
  return kind === 'host' ? 'A host has no main process' : 'The main process is not in this log';
}
