import { kinds } from '../columns/kinds.ts';
import type { StoredStream } from './bookkeeping.ts';

/** What becomes of objects and lists: JSON, columns with the types of what is in them, or columns and tables. */
export type NestedForm = 'json' | 'struct' | 'tables';

/** The form in which the tables of a stream were made. */
export function formOf({ isSplit, columns = [] }: StoredStream): NestedForm {
  if (isSplit) return 'tables';
  return columns.some(({ structure }) => structure !== undefined) ? 'struct' : 'json';
}

/** Whether something nested lies in the tables otherwise than in tables of that form. Keys are JSON in columns with types, too. */
export function hasOtherForm(
  stored: StoredStream,
  form: NestedForm,
  keyFields: ReadonlySet<string | undefined>,
): boolean {
  const { isSplit, columns = [] } = stored;
  const nested = columns.filter(({ holds }) => (holds & kinds.nested) !== 0);
  switch (form) {
    case 'json':
      return isSplit || formOf(stored) === 'struct';
    case 'struct':
      return isSplit || nested.some(({ field, shape }) => shape === undefined && !keyFields.has(field));
    case 'tables':
      // Only maps and what lies deep are JSON there, and the others of their fields have columns.
      return nested.some(({ field }) => !isSplit || !(field.includes('/') || hasFieldsOf(field, stored)));
  }
}

function hasFieldsOf(field: string, { columns = [], lists }: StoredStream): boolean {
  return [...columns.map((column) => column.field), ...lists.map(({ path }) => path)].some((path) =>
    path.startsWith(`${field}/`),
  );
}

/** A stream whose tables are made anew, in another form or with another key: of what was there, only names stay. */
export function unmade(stored: StoredStream, form: NestedForm): StoredStream {
  const lists = form === 'tables' ? stored.lists.map((list) => ({ ...list, columns: undefined })) : [];
  return { ...stored, columns: undefined, isSplit: false, lists };
}

/** Why a stream's tables are not of the form that somebody asks for, and what to do. */
export function keepsForm(
  stream: string,
  was: NestedForm,
  {
    nested,
    schema,
  }: { readonly nested?: NestedForm | undefined; readonly schema?: 'evolve' | 'freeze' | undefined },
): string {
  const asked = `--nested ${nested}`;
  const how = was === nested ? `has columns of JSON from before ${asked}` : `was made with --nested ${was}`;
  const freeze = schema === 'freeze' ? ', without --schema freeze,' : '';
  return `The table of "${stream}" ${how}: what is nested in it already stays as it is, and so in all tables that are added to. Sync once with --full-refresh${freeze} and ${asked} to have them made anew.`;
}
