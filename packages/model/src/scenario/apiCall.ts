import type { Nanos } from '../event/time.ts';
import type { ScenarioPod } from './cluster.ts';
import type { Json } from './tellers/json.ts';

/** Whom the API server took somebody for. */
export type ApiUser = {
  readonly username: string;
  readonly groups: readonly string[];
  readonly uid?: string;
  readonly extra?: { readonly [key: string]: readonly string[] };
};

/** A call to the API server. */
export type ApiCall = {
  /** When it came in, by the nodes' clocks. */
  readonly at: Nanos;
  readonly user: ApiUser;
  readonly impersonated?: ApiUser;
  readonly sourceIps: readonly string[];
  readonly userAgent: string;
  readonly verb: string;
  readonly uri: string;
  readonly objectRef: { readonly [key: string]: string };
  readonly code: number;
  /** What allowed or forbade it, in the authorizer's words. */
  readonly reason: string;
  /** Of an exec: how long the session lasted, and where it went. */
  readonly session?: {
    readonly seconds: number;
    readonly pod: ScenarioPod;
    readonly container: string;
    readonly command: readonly string[];
  };
  /** What it asked for and got, where the policy keeps that. */
  readonly request?: Json;
  readonly response?: Json;
};
