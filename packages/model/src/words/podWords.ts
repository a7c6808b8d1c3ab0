/** A pod with its namespace, `shop/checkout-0`; by its name alone where no agent tells the namespace. */
export function podWords(namespace: string, pod: string): string {
  return namespace === '' ? pod : `${namespace}/${pod}`;
}

/** The same of the text that trees carry, which begins with the slash where the namespace is not told. */
export function podTextWords(text: string): string {
  return text.startsWith('/') ? text.slice(1) : text;
}
