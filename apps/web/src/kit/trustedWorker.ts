interface ScriptPolicy {
  // What Trusted Types hand out passes for a string in the places that accept it.
  createScriptURL(url: string): string;
}

interface ScriptPolicies {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): ScriptPolicy;
}

declare global {
  interface Window {
    readonly trustedTypes?: ScriptPolicies;
  }
}

let policy: ScriptPolicy | undefined;

/**
 * Starts one of the app's own module workers, named by Vite's `?worker&url`. The page has one Trusted Types
 * policy, `forebear`, and it passes nothing but addresses of the app's own build.
 */
export function openWorker(url: string): Worker {
  policy ??= makePolicy();
  return new Worker(policy.createScriptURL(url), { type: 'module' });
}

function makePolicy(): ScriptPolicy {
  const rules = { createScriptURL: ownScriptUrl };
  return window.trustedTypes?.createPolicy('forebear', rules) ?? rules;
}

/** Answers the address when it is a script of this build; throws for everything else. */
function ownScriptUrl(url: string): string {
  const { origin, pathname } = new URL(url, location.href);
  const folder = import.meta.env.DEV ? '/src/' : '/assets/';
  if (origin === location.origin && pathname.startsWith(folder))
    return pathname + new URL(url, location.href).search;
  throw new TypeError(`not a script of this app: ${url}`);
}
