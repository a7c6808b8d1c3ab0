import styles from './Skeleton.module.css';

export interface SkeletonProps {
  /** What is being loaded, for a reader who cannot see grey bars. */
  readonly label: string;
  readonly rows?: number;
  /** All there is on the page for now: then the label is its heading. */
  readonly page?: boolean;
  /** Why it takes long, when that is known: said at once, instead of the label. */
  readonly note?: string | undefined;
}

/** Grey bars of the exact height of the rows to come. */
export function Skeleton({ label, rows = 8, page = false, note }: SkeletonProps) {
  return (
    <div className={styles.skeleton} role="status" aria-label={label}>
      {page ? <h1 className={styles.heading}>{label}</h1> : null}
      <p
        className={note === undefined ? styles.words : styles.note}
        aria-hidden={note === undefined}
      >
        {note ?? `${label}…`}
      </p>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.row}>
          <span className={styles.bar} style={{ width: `${18 + ((row * 37) % 23)}%` }} />
          <span className={styles.bar} style={{ width: `${24 + ((row * 53) % 31)}%` }} />
        </div>
      ))}
    </div>
  );
}
