/** The tree of one pod or host. */
export function PodPage() {
  return <p>The tree of this pod.</p>;
}
