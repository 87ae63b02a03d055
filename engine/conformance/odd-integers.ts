import type { ManifestNode } from '../manifest/node.ts';
import { grouped } from '../util/flow/grouped.ts';
import type { CheckEvent } from './check.ts';
import { violation } from './events.ts';
import { placeOf, type SchemaField, typeNode } from './schema-fields.ts';
import { typesOf } from './schema-walk.ts';

// An integer is a number, too, and loses what a number has behind its point: a destination rounds it, or rejects it.

/** Money, of which most currencies have a hundredth. */
const money =
  /(?:^| )(?:balance|amount|amt|price|cost|revenue|fees?|spend|spent|sub ?total|budget|salary)(?: |$)/;
/** What is counted in the smallest units there are, or says something else of money than how much it is. */
const otherwise =
  /(?:^| )(?:cents?|minor|micros|pence|ids?|counts?|number|num|days?|hours?|minutes|type|mode|currency|terms?|date|time|at|on|by|status|code|class|source|precision|decimals|digits|scale|rank|order|index|level|version)(?: |$)/;
/** What has parts by its name, and is called so in several streams. */
const hasPart = /(?:^| )(?:percent|percentage|rate|ratio|tax|total|average|avg)$/;
const coordinates = /(?:^| )(?:latitude|longitude|lat|lng)$/;

/** Fields that are integers, where those of their name, or the other amounts of their object, are numbers with parts. */
export function* oddIntegers(fields: readonly SchemaField[], told: Set<ManifestNode>): Generator<CheckEvent> {
  const numbers = fields.filter(({ kind, words }) => kind === 'number' && !otherwise.test(words));
  const named = grouped(numbers, ({ words }) => words);
  const inObject = grouped(
    numbers.filter(({ words }) => money.test(words)),
    ({ object }) => placeOf(object),
  );
  for (const field of numbers) {
    if (told.has(field.node) || !isInteger(field)) continue;
    const ofName = money.test(field.words) || hasPart.test(field.words) ? (named.get(field.words) ?? []) : [];
    const ofObject = money.test(field.words) ? (inObject.get(placeOf(field.object)) ?? []) : [];
    const said =
      wholeBeside(field, ofName, 2, 'of this name') ??
      wholeBeside(field, ofObject, 2, 'of its object that are amounts of money by their names') ??
      wholeBeside(
        field,
        ofObject.filter((other) => isNamedAlike(field.words, other.words)),
        1,
        'of its object with such a name',
      ) ??
      (coordinates.test(field.words) ? 'and a place on a map has parts of a degree' : undefined);
    if (said === undefined) continue;
    told.add(field.node);
    yield violation(
      typeNode(field.node),
      `"${field.path.join('.')}" of stream "${field.stream}" is an integer, ${said}: what is behind the point is lost.`,
      { stream: field.stream },
    );
  }
}

/** All others, of which there are enough, may have parts. */
function wholeBeside(
  field: SchemaField,
  company: readonly SchemaField[],
  fewest: number,
  what: string,
): string | undefined {
  const others = company.filter((other) => other !== field);
  const [first] = others;
  if (first === undefined || others.length < fewest || others.some(isInteger)) return undefined;
  return others.length === 1
    ? `and the one other field ${what}, "${first.name}", is a number that may have parts`
    : `and all ${others.length} other fields ${what}, such as "${first.path.join('.')}", are numbers that may have parts`;
}

/** One begins as the other does, or both end in the same word. */
function isNamedAlike(a: string, b: string): boolean {
  const [own, theirs] = [a.split(' '), b.split(' ')];
  return own.at(-1) === theirs.at(-1) || b.startsWith(`${a} `) || a.startsWith(`${b} `);
}

function isInteger({ node }: SchemaField): boolean {
  return typesOf(node).includes('integer');
}
