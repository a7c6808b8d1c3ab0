/** Who asked the API server for something, and whom they claimed to be: `jane (as bob)`. Hostile: names are as the log has them. */
export function authorWords({
  user,
  impersonating,
}: {
  readonly user: string;
  /** Empty: nobody else. */
  readonly impersonating: string;
}): string {
  const name = user === '' ? 'somebody unnamed' : user;
  return impersonating === '' ? name : `${name} (as ${impersonating})`;
}
