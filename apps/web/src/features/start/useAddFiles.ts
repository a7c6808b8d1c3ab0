import { useCallback } from 'react';
import { useServices } from '../../api/services.ts';
import { formatCount } from '../../kit/format.ts';
import { useToasts } from '../../kit/Toast.tsx';
import { type FoundFiles, mostFiles } from './filesOfDrop.ts';

/** Puts files on the list of uploads; says so when there was nothing, or too much. */
export function useAddFiles(): (caseName: string, found: FoundFiles, format?: string) => void {
  const { uploads } = useServices();
  const toasts = useToasts();
  return useCallback(
    (caseName, { files, cut }, format) => {
      if (files.length === 0) {
        toasts.show({
          tone: 'problem',
          text: 'There is no file in what was dropped: drop log files, or a folder of them.',
        });
        return;
      }
      if (cut) {
        toasts.show({
          tone: 'problem',
          text: `Only the first ${formatCount(mostFiles)} files are taken: drop the rest afterwards.`,
        });
      }
      uploads.add(caseName, files, format);
    },
    [uploads, toasts],
  );
}
