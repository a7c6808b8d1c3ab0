import { orderedTags, tagWords } from '@forebear/model/words/tagWords';
import { cls } from '../../kit/cls.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import styles from './AlertsPage.module.css';

export interface TagListProps {
  readonly tags: readonly string[];
  /** So many are drawn, the rest is a number. */
  readonly most: number;
}

/** Tags, those of known catalogues first, each with what it stands for on hover. */
export function TagList({ tags, most }: TagListProps) {
  const ordered = onceEach(orderedTags(tags));
  const rest = ordered.length - most;
  return (
    <>
      {ordered.slice(0, most).map((tag) => (
        <Tag key={tag} tag={tag} />
      ))}
      {rest > 0 && (
        <span className={styles.more} title={ordered.slice(most).join(', ')}>
          +{rest}
        </span>
      )}
    </>
  );
}

/** One tag, drawn as what its catalogue calls it. */
export function Tag({ tag }: { readonly tag: string }) {
  const { kind, text, meaning } = tagWords(tag);
  return (
    <span
      className={cls(styles.tag, kind === 'plain' && styles.plainTag)}
      title={meaning === '' ? undefined : `${meaning} (${tag})`}
    >
      <SafeText text={text} />
    </span>
  );
}

/** A tactic may stand there by its number and by its name: drawn, both are one. */
function onceEach(tags: readonly string[]): readonly string[] {
  const texts = tags.map((tag) => tagWords(tag).text);
  return tags.filter((_, at) => texts.indexOf(texts[at] ?? '') === at);
}
