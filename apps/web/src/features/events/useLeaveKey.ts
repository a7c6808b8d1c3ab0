import { useEffect } from 'react';
import { bindingOf, isTyping, keyMap } from '../../kit/keys.ts';
import type { ChangeView } from '../../url/useView.ts';

/** While an event is open, the key that steps back closes it. */
export function useLeaveKey(isOpen: boolean, change: ChangeView): void {
  useEffect(() => {
    if (!isOpen) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (bindingOf(event, keyMap)?.id !== 'leave' || isTyping(event.target)) return;
      change({ selected: undefined });
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isOpen, change]);
}
