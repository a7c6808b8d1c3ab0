/**
 * What names a destination in links and lists: name, else `@` and its address; port; protocol. A name that reads like an address is not
 * that address.
 */
export function destinationKey({
  name,
  ip,
  port,
  protocol,
}: {
  readonly name: string | null;
  readonly ip: string;
  readonly port: number;
  readonly protocol: string;
}): string {
  const who = name === null ? `@${ip}` : name.replace(/^@/, '@@');
  return `${who}:${port}/${protocol}`;
}
