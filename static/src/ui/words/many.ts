/** The English word for that many: `many('1', 'day')` is "day". Numbers come as they are shown. */
export function many(shown: string, one: string, more = `${one}s`): string {
  return shown === '1' ? one : more
}
