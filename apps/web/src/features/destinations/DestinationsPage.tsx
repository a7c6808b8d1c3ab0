export function DestinationsPage() {
  return <p>DestinationsPage</p>;
}
