import {
  defineHook,
  isObject,
  type JsonObject,
  type RecordExtractor,
  type Scope,
  type Transformation,
} from 'manifold-connectors';
import * as z from 'zod';

/** A conversation or a ticket shows this many of its parts, the newest, and no page brings the others. */
const mostShown = 500;

const path = () => z.array(z.string());

/**
 * Parts of one conversation. Where the API shows only the newest of them, each says so in `_parts_truncated`, and one
 * warning counts the conversations.
 */
export const PartsExtractor = defineHook('RecordExtractor', {
  name: 'PartsExtractor',
  doc: 'Finds the parts of a conversation, and says when older ones are missing.',
  fields: () => ({
    parts: path().describe('Path of the list.'),
    total: path().describe('Path of the number of all parts.'),
  }),
  make({ parts, total }, scope) {
    const count = countCut(scope);
    return Object.freeze<RecordExtractor>({
      async *extract(page) {
        for await (const documents of page.documents()) {
          for (const document of documents) {
            const found = at(document, parts);
            if (!Array.isArray(found) || found.length === 0) continue;
            const cut = cutOf(found.length, at(document, total));
            if (cut === undefined) yield found;
            else {
              count(isObject(document) ? document.id : undefined);
              yield found.map((part) => (isObject(part) ? { ...part, _parts_truncated: cut } : part));
            }
          }
        }
      },
      documentOf: (records) => within(parts, records),
    });
  },
});

/** The same for records that carry their parts, or only their number. */
export const MarkCutParts = defineHook('Transformation', {
  name: 'MarkCutParts',
  doc: 'Marks records whose older parts the API does not show.',
  fields: () => ({
    parts: path().optional().describe('Path of the list, where the record has it.'),
    total: path().describe('Path of the number of all parts.'),
  }),
  make({ parts, total }, scope) {
    const count = countCut(scope);
    return Object.freeze<Transformation>({
      transform(record) {
        const found = parts === undefined ? undefined : at(record, parts);
        const cut = cutOf(Array.isArray(found) ? found.length : mostShown, at(record, total));
        if (cut === undefined) return;
        record._parts_truncated = cut;
        count(record.id);
      },
    });
  },
});

export function at(value: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}

/** A document that has a value at a path. */
function within(names: readonly string[], value: unknown): unknown {
  return names.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
}

/** Fewer than the most that are ever shown are all there are, whatever is counted beside them. */
export function cutOf(shown: number, total: unknown): JsonObject | undefined {
  return shown >= mostShown && Number(total) > shown ? { shown, total: Number(total) } : undefined;
}

/** Ids told apart, because what overlaps is read again. */
export function countCut({ stream, parameters, sync }: Scope): (id: unknown) => void {
  // Transformations are made before the stream that they belong to.
  const name = stream?.name ?? String(parameters.name);
  const ids = sync.shared(`intercom: cut parts of ${name}`, () => {
    const seen = new Set<string>();
    sync.whenStreamEnds(name, () => (seen.size === 0 ? undefined : sentence(name, seen)));
    return seen;
  });
  return (id) => void ids.add(String(id));
}

function sentence(name: string, ids: ReadonlySet<string>): string {
  const some = [...ids].slice(0, 5).join(', ');
  const more = ids.size > 5 ? `, ... (${ids.size} in all)` : '';
  return `Stream "${name}": Intercom shows only the newest ${mostShown} parts of ${some}${more}, which have more than that. See "_parts_truncated" of the records.`;
}
