import { useEffect, useRef, useState } from 'react';

/**
 * Gives a page's main thing the focus: once, as soon as the page is ready, and whenever the link past the bars is pressed.
 * What the reader went to meanwhile keeps it, a field above all; the link that led here gives it up.
 */
export function useArrival(isReady: boolean, arrive: () => void): void {
  const [from] = useState(() => document.activeElement);
  const isHere = useRef(false);
  const latest = useRef(arrive);
  useEffect(() => {
    latest.current = arrive;
  });
  useEffect(() => {
    if (!isReady) return undefined;
    if (!isHere.current && isFree(document.activeElement, from)) latest.current();
    isHere.current = true;
    const skip = (event: MouseEvent) => {
      if (!(event.target instanceof Element) || event.target.closest('a[href="#main"]') === null)
        return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('click', skip);
    return () => document.removeEventListener('click', skip);
  }, [isReady, from]);
}

/** Whether nobody misses the focus where it is: on nothing, on the page as a whole, on the link that led here. */
function isFree(focused: Element | null, from: Element | null): boolean {
  if (focused === null || focused === document.body || focused.id === 'main') return true;
  return focused === from && focused instanceof HTMLAnchorElement;
}
