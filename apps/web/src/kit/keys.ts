import { recall, remember } from './remembered.ts';

/** Where a key acts. Single letters act only inside the tree or the page that has the focus (WCAG 2.1.4). */
export type KeyPlace = 'everywhere' | 'tables' | 'tree';

export interface KeyBinding {
  readonly id: string;
  /** Any of these: `Ctrl+K`, `?`, `ArrowDown`. `Ctrl` is the command key on a Mac. */
  readonly keys: readonly string[];
  readonly does: string;
  readonly place: KeyPlace;
}

/** Every key there is: the help dialog prints this list, and nothing acts on a key that is not in it. */
export const keyMap = [
  {
    id: 'palette',
    keys: ['Ctrl+K'],
    does: 'Search, pods, pages and commands',
    place: 'everywhere',
  },
  { id: 'search', keys: ['/'], does: 'Filter', place: 'everywhere' },
  { id: 'help', keys: ['?'], does: 'This list', place: 'everywhere' },
  {
    id: 'leave',
    keys: ['Escape'],
    does: 'Close, or step back; from the details to the tree, whose letters act in both',
    place: 'everywhere',
  },
  { id: 'rowDown', keys: ['ArrowDown'], does: 'Next row', place: 'tables' },
  { id: 'rowUp', keys: ['ArrowUp'], does: 'Previous row', place: 'tables' },
  { id: 'rowPage', keys: ['PageDown', 'PageUp'], does: 'A page of rows', place: 'tables' },
  { id: 'rowEnds', keys: ['Home', 'End'], does: 'First and last row', place: 'tables' },
  { id: 'rowOpen', keys: ['Enter'], does: 'Open the row', place: 'tables' },
  {
    id: 'rowMore',
    keys: ['ArrowRight', 'ArrowLeft'],
    does: 'Show or hide all that a row says, where Enter leads elsewhere',
    place: 'tables',
  },
  {
    id: 'treeDown',
    keys: ['ArrowDown'],
    does: 'Next row; in the graph the next below',
    place: 'tree',
  },
  {
    id: 'treeUp',
    keys: ['ArrowUp'],
    does: 'Row before; in the graph the next above',
    place: 'tree',
  },
  { id: 'treeRight', keys: ['ArrowRight'], does: 'Open, then to the first child', place: 'tree' },
  { id: 'treeLeft', keys: ['ArrowLeft'], does: 'Close, then to the parent', place: 'tree' },
  { id: 'treePage', keys: ['PageDown', 'PageUp'], does: 'A page of rows', place: 'tree' },
  { id: 'treeEnds', keys: ['Home', 'End'], does: 'First and last row', place: 'tree' },
  { id: 'treeSiblings', keys: ['*'], does: 'Open all siblings', place: 'tree' },
  {
    id: 'treeLevels',
    keys: ['[', ']'],
    does: 'Close or open one level of the whole tree',
    place: 'tree',
  },
  {
    id: 'treeAll',
    keys: ['{', '}'],
    does: 'Close or open all (Shift with the brackets)',
    place: 'tree',
  },
  {
    id: 'treeOpen',
    keys: ['Enter'],
    does: 'Details; a destination: the process at its other end, or the list of them',
    place: 'tree',
  },
  {
    id: 'treeFlagged',
    keys: ['n', 'Shift+n'],
    does: 'Next and previous flagged process',
    place: 'tree',
  },
  {
    id: 'treeMatch',
    keys: ['F3', 'Shift+F3'],
    does: 'Next and previous match of the filter',
    place: 'tree',
  },
  { id: 'treeMain', keys: ['m'], does: 'Main process', place: 'tree' },
  { id: 'treeRoot', keys: ['r'], does: 'Root the tree here', place: 'tree' },
  { id: 'treeUnroot', keys: ['Backspace'], does: 'Undo that', place: 'tree' },
  { id: 'treeFold', keys: ['g'], does: 'Open or fold this group', place: 'tree' },
  { id: 'treeRelative', keys: ['u'], does: 'Next way to measure times', place: 'tree' },
  { id: 'treeCopy', keys: ['c'], does: 'Copy the command', place: 'tree' },
  { id: 'treeLink', keys: ['Shift+c'], does: 'Copy a link to this view', place: 'tree' },
  { id: 'treeShape', keys: ['1', '2'], does: 'Graph, rows', place: 'tree' },
  {
    id: 'treeCentre',
    keys: ['f'],
    does: 'Centre the selection, again: fit what is below it',
    place: 'tree',
  },
  { id: 'treeFit', keys: ['0'], does: 'Fit all', place: 'tree' },
  { id: 'treeZoom', keys: ['+', '-'], does: 'Zoom', place: 'tree' },
  { id: 'treePan', keys: ['w', 'a', 's', 'd'], does: 'Move the graph', place: 'tree' },
  { id: 'treeEvents', keys: ['e'], does: 'Events of the selection', place: 'tree' },
  { id: 'treeDetails', keys: ['\\'], does: 'Details', place: 'tree' },
  { id: 'treeFollow', keys: ['l'], does: 'Follow live, pause', place: 'tree' },
  { id: 'treeTake', keys: ['.'], does: 'Take in what is new', place: 'tree' },
] as const satisfies readonly KeyBinding[];

/** What of a keyboard event tells which key it is. */
export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Whether an event is the key as it is written in the map. Shift counts only with keys that it does not change. */
export function isKey(pressed: PressedKey, written: string): boolean {
  const parts = written === '+' ? ['+'] : written.split(/(?<=[^+])\+/);
  const key = parts.at(-1) ?? '';
  const wantsCtrl = parts.includes('Ctrl');
  if (
    (pressed.ctrlKey || pressed.metaKey) !== wantsCtrl ||
    pressed.altKey !== parts.includes('Alt')
  ) {
    return false;
  }
  const isLetter = /^[a-z]$/i.test(key);
  if (parts.includes('Shift')) return pressed.shiftKey && same(pressed.key, key);
  if (isLetter && wantsCtrl) return same(pressed.key, key);
  if (key.length > 1 && pressed.shiftKey) return false;
  return pressed.key === key;
}

/** The first binding of a list that an event is. */
export function bindingOf<Binding extends KeyBinding>(
  pressed: PressedKey,
  bindings: readonly Binding[],
): Binding | undefined {
  return bindings.find((binding) => binding.keys.some((written) => isKey(pressed, written)));
}

/** Whether somebody is typing: then single keys are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** A key as it stands on a cap. */
export function keyCaption(written: string): string {
  return written
    .replace('ArrowDown', '↓')
    .replace('ArrowUp', '↑')
    .replace('ArrowLeft', '←')
    .replace('ArrowRight', '→')
    .replace('Escape', 'Esc')
    .replace('PageDown', 'PgDn')
    .replace('PageUp', 'PgUp');
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Whether single letters may act at all; the reader's choice on this machine. */
export function areSingleKeysOn(): boolean {
  return recall('singleKeys') !== 'off';
}

export function setSingleKeys(on: boolean): void {
  remember('singleKeys', on ? 'on' : 'off');
}
