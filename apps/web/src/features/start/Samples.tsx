import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { loadSample, type SampleName, samples } from '../../api/commands.ts';
import { asFailure } from '../../api/failure.ts';
import { caseKey } from '../../api/queries.ts';
import { remember } from '../../kit/remembered.ts';
import { useToasts } from '../../kit/Toast.tsx';
import { caseLink } from '../../url/links.ts';
import { defaultView } from '../../url/view.ts';
import styles from './StartPage.module.css';

/** Incidents to learn on; each is ingested like any log, into a case of its own. */
export function Samples() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const toasts = useToasts();
  const load = useMutation({
    mutationFn: (name: SampleName) => loadSample(name),
    onSuccess: (caseName, name) => {
      // Whoever opens a sample again may want its story again.
      remember(`tour.${name}`, 'on');
      void queries.invalidateQueries({ queryKey: ['cases'] });
      void queries.invalidateQueries({ queryKey: caseKey(caseName) });
      void navigate(caseLink('overview', caseName, defaultView));
    },
    onError: (error) => {
      toasts.show({
        tone: 'problem',
        text: `The sample could not be loaded: ${asFailure(error).message}`,
      });
    },
  });
  return (
    <section aria-label="Samples">
      <h2 className={styles.sectionTitle}>Samples</h2>
      <ul className={styles.samples}>
        {samples.map(({ name, title, about }) => (
          <li key={name}>
            <button
              type="button"
              className={styles.sample}
              disabled={load.isPending}
              onClick={() => load.mutate(name)}
            >
              <span className={styles.sampleTitle}>
                {load.isPending && load.variables === name ? 'Loading…' : title}
              </span>
              <span className={styles.sampleAbout}>{about}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
