import { authorWords } from '@forebear/model/words/authorWords';
import type { ProcessAnswer } from '../../api/answers.ts';
import { Badge } from '../../kit/Badge.tsx';
import { Fact } from '../../kit/Facts.tsx';
import { formatNoun } from '../../kit/format.ts';
import { TimeText } from '../../kit/TimeText.tsx';
import type { View } from '../../url/view.ts';
import styles from './DetailsPanel.module.css';
import { FactGroup } from './FactGroup.tsx';
import { Person } from './PersonMark.tsx';

type Author = NonNullable<ProcessAnswer['author']>;

/** Who had a process started through the API server, as the audit log tells it. */
export function AuthorFacts({ author, view }: { readonly author: Author; readonly view: View }) {
  return (
    <FactGroup title="Started through the API server by">
      <Fact name="Who">
        <span className={styles.author}>
          <Person line={authorWords({ user: author.user, impersonating: '' })} />
          {author.match === 'ambiguous' && (
            <Badge tone="late-quiet" title="More than one call fits: this is the nearest of them">
              ambiguous
            </Badge>
          )}
        </span>
      </Fact>
      {author.impersonating !== '' && (
        <Fact name="Impersonating" text={author.impersonating} copy={author.impersonating} />
      )}
      <Fact
        name="From"
        text={author.sourceIps.join(', ')}
        mono
        copy={author.sourceIps.join(', ')}
      />
      <Fact name="With" text={author.userAgent} mono />
      <Fact name="Asked for" text={author.command} mono unknown="no command: a shell as it comes" />
      <Fact name="When">
        <TimeText time={author.time} zone={view.zone} digits="ns" day />
      </Fact>
      <Fact name="Match">
        {author.match === 'exact'
          ? 'exact: the only call to this pod that fits'
          : `ambiguous: ${formatNoun(author.candidates, 'call')} fit, this is the nearest`}
      </Fact>
    </FactGroup>
  );
}
