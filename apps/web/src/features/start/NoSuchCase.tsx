import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { casesQuery } from '../../api/queries.ts';
import { visibleText } from '../../kit/visibleText.ts';
import { CaseList } from './CaseList.tsx';
import styles from './StartPage.module.css';

/** Whether the server has a case of this name; undefined while that is not known. */
export function useHasCase(caseName: string | undefined): boolean | undefined {
  // Always asked anew: an upload under way may have begun the case after the list was last read.
  const cases = useQuery({ ...casesQuery(), enabled: caseName !== undefined, staleTime: 0 });
  if (caseName === undefined || cases.data === undefined) return undefined;
  if (cases.data.items.some(({ name }) => name === caseName)) return true;
  return cases.isFetching ? undefined : false;
}

/** Whether the server has no case of this name; false while that is not known. */
export function useNoSuchCase(caseName: string | undefined): boolean {
  return useHasCase(caseName) === false;
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
