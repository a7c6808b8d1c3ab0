import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import type { Root } from 'react-dom/client';
import { ApiFailure } from '../api/failure.ts';
import { LiveStream } from '../api/liveStream.ts';
import { caseKey } from '../api/queries.ts';
import { ServicesProvider } from '../api/services.ts';
import { Uploads } from '../api/uploads.ts';
import { ToastProvider } from '../kit/Toast.tsx';
import '../kit/tokens.css';
import '../kit/base.css';
import { makeRouter } from './router.tsx';
import { applyTheme, storedTheme } from './theme.ts';

/** Puts the app together and draws it. */
export function startApp(root: Root): void {
  applyTheme(storedTheme());
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // The server is local or near: what failed for good is not asked again, what may pass is asked twice.
        retry: (count, error) => error instanceof ApiFailure && error.retryable && count < 2,
        retryDelay: (attempt) => 400 * 2 ** attempt,
        refetchOnWindowFocus: false,
        networkMode: 'always',
      },
    },
  });
  const uploads = new Uploads({
    onChanged: (caseName) => {
      void queries.invalidateQueries({ queryKey: ['cases'] });
      void queries.invalidateQueries({ queryKey: caseKey(caseName) });
    },
  });
  const services = { uploads, live: new LiveStream() };
  const router = makeRouter();
  root.render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <ServicesProvider value={services}>
          <ToastProvider>
            <RouterProvider router={router} />
          </ToastProvider>
        </ServicesProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
