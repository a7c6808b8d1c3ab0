/** The sign of the product: one parent, two children, one of them late. */
export function Mark() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <path
        d="M6 9h2.5m0 0V4.75H11M8.5 9v4.25H11"
        fill="none"
        stroke="var(--ink-3)"
        strokeWidth="1.4"
      />
      <rect x="1" y="6.5" width="5.5" height="5" rx="1.4" fill="var(--main)" />
      <rect
        x="11"
        y="2.25"
        width="6"
        height="5"
        rx="1.4"
        fill="none"
        stroke="var(--line-3)"
        strokeWidth="1.3"
      />
      <rect
        x="11"
        y="10.75"
        width="6"
        height="5"
        rx="1.4"
        fill="var(--late-fill)"
        stroke="var(--late-line)"
        strokeWidth="1.3"
      />
    </svg>
  );
}
