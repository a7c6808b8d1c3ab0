import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { casesQuery } from '../../api/queries.ts';
import { visibleText } from '../../kit/visibleText.ts';
import { CaseList } from './CaseList.tsx';
import styles from './StartPage.module.css';

/** Whether the server has no case of this name; false while that is not known. */
export function useNoSuchCase(caseName: string | undefined): boolean {
  // Always asked anew: an upload under way may have begun the case after the list was last read.
  const cases = useQuery({ ...casesQuery(), enabled: caseName !== undefined, staleTime: 0 });
  if (caseName === undefined || cases.data === undefined || cases.isFetching) return false;
  return cases.data.items.every(({ name }) => name !== caseName);
}

/** An address of a case that is not here: the cases that are. */
export function NoSuchCase({ caseName }: { readonly caseName: string }) {
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <header className={styles.head}>
          <h1>There is no case {visibleText(caseName)}</h1>
          <p className={styles.lead}>
            It was deleted, or it is on another server. Files that are dropped here begin it, or{' '}
            <Link to="/">go to the start page</Link>.
          </p>
        </header>
        <CaseList />
      </div>
    </div>
  );
}
