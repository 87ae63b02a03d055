import type { ManifestNode } from '../manifest/node.ts';
import { grouped } from '../util/flow/grouped.ts';
import { isWordOfIds } from '../util/text/id-words.ts';
import type { CheckEvent } from './check.ts';
import { violation } from './events.ts';
import { isPlural } from './key-words.ts';
import { hasParts, placeOf, type SchemaField, typeNode } from './schema-fields.ts';

/** As many lists with plural names a manifest has to have, and no such text, before one is odd. */
const fewest = 2;

/** Plurals that are no lists: how much or how long something is, and texts of several lines. */
const noLists = new Set(
  'days hours minutes seconds years months weeks units terms notes details settings comments instructions sales views opens clicks points news expires series goods ads prefs headquarters initials contents digits credits slots columns characters seats counts totals tokens submissions attempts retries followers sessions stats statistics remarks pronouns'.split(
    ' ',
  ),
);

/** "total_orders" is how many, and "runs_on_incidents" whether. */
const noThings = /^(?:total|num|number|no|max|min|count|is|has|can|allow|enable|runs|show|with|without) /;

/** Fields whose names are plurals, of which one is no list. */
export function* oddPlurals(fields: readonly SchemaField[], told: Set<ManifestNode>): Generator<CheckEvent> {
  const plurals = fields.filter(
    ({ words, kind }) => (kind === 'text' || kind === 'list') && isPluralOfThings(words),
  );
  yield* oddText(plurals, fewest, 'whose names are plurals', told);
  // Ids are of several things, whatever else of the manifest is a plural.
  const ofIds = fields.filter(
    ({ words, kind }) =>
      (kind === 'text' || kind === 'list') &&
      isWordOfIds(words.split(' ').at(-1) ?? '') &&
      !noThings.test(words),
  );
  yield* oddText(ofIds, 1, 'whose names are those of several ids', told);
}

/** A text where all others of the manifest, and one beside it, are lists. */
function* oddText(
  plurals: readonly SchemaField[],
  least: number,
  what: string,
  told: Set<ManifestNode>,
): Generator<CheckEvent> {
  const texts = plurals.filter(({ kind }) => kind === 'text');
  const [odd] = texts;
  const lists = plurals.length - texts.length;
  if (odd === undefined || texts.length > 1 || lists < least || hasParts(odd.node) || told.has(odd.node))
    return;
  const beside = grouped(plurals, ({ object }) => placeOf(object)).get(placeOf(odd.object)) ?? [];
  const list = beside.find(({ kind }) => kind === 'list');
  if (list === undefined) return;
  told.add(odd.node);
  yield violation(
    typeNode(odd.node),
    `"${odd.path.join('.')}" of stream "${odd.stream}" is a text, and ${lists === 1 ? 'the one other field' : `all ${lists} other fields`} of the manifest ${what}, such as "${list.name}" of the same object, ${lists === 1 ? 'is a list' : 'are lists'}.`,
    { stream: odd.stream, also: [typeNode(list.node).place] },
  );
}

function isPluralOfThings(words: string): boolean {
  const last = words.split(' ').at(-1) ?? '';
  // Of "terms and conditions", what is no list makes the whole none.
  const parts = words.split(' and ').map((part) => part.split(' ').at(-1) ?? '');
  return isPlural(last) && !parts.some((part) => noLists.has(part)) && !noThings.test(words);
}
