import { createContext, use, useSyncExternalStore } from 'react';
import type { LiveState, LiveStream } from './liveStream.ts';
import type { Upload, Uploads } from './uploads.ts';

/** What lives as long as the page and is handed down from the shell. */
export interface Services {
  readonly uploads: Uploads;
  readonly live: LiveStream;
}

const ServicesContext = createContext<Services | undefined>(undefined);
export const ServicesProvider = ServicesContext.Provider;

export function useServices(): Services {
  const services = use(ServicesContext);
  if (services === undefined) throw new Error('useServices needs a ServicesProvider above it');
  return services;
}

/** The files on their way, in order. */
export function useUploads(): readonly Upload[] {
  const { uploads } = useServices();
  return useSyncExternalStore(uploads.subscribe, uploads.snapshot);
}

/** The stream's state, and whether it is paused. */
export function useLive(): { readonly state: LiveState; readonly paused: boolean } {
  const { live } = useServices();
  const state = useSyncExternalStore(live.subscribe, live.snapshot);
  const paused = useSyncExternalStore(live.subscribe, live.pausedSnapshot);
  return { state, paused };
}
