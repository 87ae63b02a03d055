import { fieldOf } from '../manifest/node.ts';
import { grouped } from '../util/flow/grouped.ts';
import { type NameKind, nameKind } from './name-kinds.ts';
import type { SchemaField } from './schema-fields.ts';
import type { Subject } from './subject.ts';

/** The streams whose schemas were made out of what their API has answered, as `metadata.autoImportSchema` says. */
export function importedStreams({ source }: Subject): ReadonlySet<string> {
  const metadata = fieldOf(source.node, 'metadata');
  const imported = metadata && fieldOf(metadata, 'autoImportSchema');
  if (imported?.kind !== 'mapping') return new Set();
  return new Set(
    [...imported.entries].flatMap(([name, { value }]) =>
      value.kind === 'scalar' && value.value === true ? [name] : [],
    ),
  );
}

/** Whether the kind of a field has been seen in an answer, and nothing but its name, which says this, speaks against it. */
type IsSeen = (field: SchemaField) => boolean;

/** Where other fields of the stream with such names are of another kind, and none of this one, that is more than a name. */
export function seenIn(fields: readonly SchemaField[], imported: ReadonlySet<string>): IsSeen {
  const groups = grouped(fields, ({ stream, words }) => groupOf(stream, nameKind(words)));
  return ({ node, kind, stream, words }) => {
    const says = nameKind(words);
    if (!imported.has(stream)) return false;
    // The id of one thing is a text, and that of another a number.
    if (says === undefined || (words === 'id' && (kind === 'text' || kind === 'number'))) return true;
    const others = (groups.get(groupOf(stream, says)) ?? []).filter((other) => other.node !== node);
    return others.length === 0 || others.some((other) => other.kind === kind);
  };
}

function groupOf(stream: string, says: NameKind | undefined): string {
  return `${says ?? ''}, ${stream}`;
}
