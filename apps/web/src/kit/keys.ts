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
  { id: 'leave', keys: ['Escape'], does: 'Close, or step back', place: 'everywhere' },
  { id: 'rowDown', keys: ['ArrowDown'], does: 'Next row', place: 'tables' },
  { id: 'rowUp', keys: ['ArrowUp'], does: 'Previous row', place: 'tables' },
  { id: 'rowPage', keys: ['PageDown', 'PageUp'], does: 'A page of rows', place: 'tables' },
  { id: 'rowEnds', keys: ['Home', 'End'], does: 'First and last row', place: 'tables' },
  { id: 'rowOpen', keys: ['Enter'], does: 'Open the row', place: 'tables' },
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
