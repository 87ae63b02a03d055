/**
 * Paths of fields in records, each as one text, written as JSON pointers are but for their first slash: `location/country`.
 * A part that is `~` alone, which no name becomes, stands for each item of a list: `parts/~/attachments`.
 */
export const eachItem = '~';

export function fieldPath(name: string): string {
  return name.includes('~') || name.includes('/') ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name;
}

function nameIn(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The name of the field of a record that a path begins with. */
export function topName(path: string): string {
  return nameIn(path.split('/', 1)[0] ?? path);
}

/** What the column of a nested field is called, such as `location__country`. */
export function nestedName(path: string): string {
  return path.split('/').map(nameIn).join('__');
}

/** What the table of a list is called, such as `contacts__tags`; of lists in lists `matrix__list`. */
export function listTableName(stream: string, path: string): string {
  const [around, field] = outerList(path);
  const outer = around === '' ? stream : listTableName(stream, around);
  return `${outer}__${field === eachItem ? 'list' : nestedName(field)}`;
}

/** The path of a list that lies in the items of the list at `around`; of one in records themselves, where that is empty. */
export function innerList(around: string, field: string): string {
  if (around === '') return field;
  return field === eachItem ? `${around}/${eachItem}` : `${around}/${eachItem}/${field}`;
}

function outerList(path: string): readonly [around: string, field: string] {
  if (path.endsWith(`/${eachItem}`)) return [path.slice(0, -2), eachItem];
  const at = path.lastIndexOf(`/${eachItem}/`);
  return at < 0 ? ['', path] : [path.slice(0, at), path.slice(at + 3)];
}

/** In how many lists a list lies. */
export function listsAround(path: string): number {
  return path.split('/').filter((part) => part === eachItem).length;
}
