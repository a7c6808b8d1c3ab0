import { useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { SafeText } from '../../kit/SafeText.tsx';
import styles from './DropAnywhere.module.css';
import { filesOfDrop } from './filesOfDrop.ts';
import { useAddFiles } from './useAddFiles.ts';

/** Files may be dropped on any page: they go into the case that is open. */
export function DropAnywhere({ caseName }: { readonly caseName: string }) {
  const addFiles = useAddFiles();
  const [over, setOver] = useState(false);
  const onStart = useRouterState({ select: (state) => state.location.pathname === '/' });
  useEffect(() => {
    let depth = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const onEnter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth -= 1;
      if (depth <= 0) setOver(false);
    };
    // Without this the browser would leave the page and open the file.
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    };
    const onDrop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
      if (event.defaultPrevented || event.dataTransfer === null || !hasFiles(event)) return;
      event.preventDefault();
      const field = caseField();
      const into = field === null ? caseName : field.dataset['dropCase'];
      // No other case takes what was meant for one whose name is refused.
      if (into === undefined || into === '') field?.focus();
      else
        void filesOfDrop(event.dataTransfer).then((found) =>
          addFiles(into, found, field?.dataset['dropFormat']),
        );
    };
    window.addEventListener('dragenter', onEnter);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('dragover', onOver);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragenter', onEnter);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('drop', onDrop);
    };
  }, [addFiles, caseName]);
  if (!over) return null;
  return (
    <div className={styles.veil} aria-hidden="true">
      <div className={styles.target}>
        Drop to add to{' '}
        {onStart ? (
          'the case'
        ) : (
          <>
            case <SafeText text={caseName} />
          </>
        )}
      </div>
    </div>
  );
}

/** On the start page the case is chosen in its form: the field that says which one, nothing for a name that is none. */
function caseField(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-drop-case]');
}
