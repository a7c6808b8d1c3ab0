import styles from './Kbd.module.css';

/** Keys as caps: `Ctrl+K` is two, `g h` is two, each named by itself. */
export function Kbd({ keys }: { readonly keys: string }) {
  const caps = keys === '+' ? ['+'] : keys.split(/(?<=[^+])\+|\s/);
  return (
    <span className={styles.keys}>
      {caps.map((cap) => (
        <kbd key={cap} className={styles.key}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
