/** What names a destination in links and lists: name, else address; port; protocol. */
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
  return `${name ?? ip}:${port}/${protocol}`;
}
