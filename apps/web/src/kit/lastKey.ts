let last = '';
let isListening = false;

/** Notes keys and movements of the pointer from now on; to be asked for as often as one likes. */
export function noteKeys(): void {
  if (isListening) return;
  isListening = true;
  const forget = () => {
    last = '';
  };
  document.addEventListener('keydown', ({ key }) => (last = key), { capture: true });
  document.addEventListener('pointermove', forget, { capture: true, passive: true });
  document.addEventListener('pointerdown', forget, { capture: true, passive: true });
}

/** Whether the last key was none that moves the focus: then the focus came back by itself, such as from a closed dialog. */
export function cameByItself(): boolean {
  return last !== '' && !/^(Tab|F6|Arrow|Home|End|Page)/.test(last);
}
