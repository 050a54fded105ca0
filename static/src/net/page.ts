/** The address of a next page. Its host is whatever the server takes itself for, so it is left out. */
export function pathOf(next: string): string {
  const { pathname, search } = new URL(next, 'http://here')
  return pathname + search
}
