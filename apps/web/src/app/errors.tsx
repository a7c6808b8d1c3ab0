import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { asFailure } from '../api/failure.ts';
import { EmptyState } from '../kit/EmptyState.tsx';
import { ErrorState } from '../kit/ErrorState.tsx';

/** A page that could not be drawn: the rest of the app stays usable. */
export function CrashPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const failure = asFailure(error);
  return (
    <ErrorState
      level={1}
      title="This page could not be shown"
      reason={failure.message}
      code={failure.code}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    >
      <p>
        The data is safe on the server. <Link to="/">Go to the start page</Link>
      </p>
    </ErrorState>
  );
}

/** An address that leads nowhere. */
export function NoSuchPage() {
  return (
    <EmptyState level={1} title="There is no such page">
      <p>
        The address does not name a page of Forebear. <Link to="/">Go to the start page</Link>
      </p>
    </EmptyState>
  );
}
