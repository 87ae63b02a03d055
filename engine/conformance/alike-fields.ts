import { fieldOf, type ManifestNode } from '../manifest/node.ts';
import { remembered } from '../util/flow/remembered.ts';
import { isIdWord } from '../util/text/id-words.ts';
import type { CheckEvent } from './check.ts';
import { violation } from './events.ts';
import { type NameKind, nameKind } from './name-kinds.ts';
import { hasParts, placeOf, type SchemaField, typeNode } from './schema-fields.ts';
import { called, type Kind } from './value-kinds.ts';
import { wordsOf } from './words.ts';

/** A field is compared with all others of its group; undefined when it is in none. */
interface Company {
  readonly group: (use: Named) => string | undefined;
  readonly fewest: number;
}

/** Of a field all others in each company are of one kind, and it is of another. */
interface Rule {
  readonly companies: readonly Company[];
  readonly usual: readonly Kind[];
  readonly odd: readonly Kind[];
  /** What is odd has such a name, by its words. */
  readonly named?: RegExp;
  /** For messages: what is alike in them. */
  readonly what: string;
}

interface Named extends SchemaField {
  readonly says: NameKind | undefined;
}

const all = (says: NameKind, fewest: number): Company => ({
  group: (use) => (use.says === says ? says : undefined),
  fewest,
});
const ofStream = (says: NameKind, fewest: number): Company => ({
  group: (use) => (use.says === says ? `${use.stream}, ${says}` : undefined),
  fewest,
});
const sameWord = (says: NameKind, fewest: number): Company => ({
  group: (use) => (use.says === says ? use.words.split(' ').at(-1) : undefined),
  fewest,
});
/** "count" of one object is what "score" of another is not. */
const ofObject = (says: NameKind, fewest: number): Company => ({
  group: (use) => (use.says === says ? `${placeOf(use.object)}, ${says}` : undefined),
  fewest,
});
/** Fields of one object that are the same of several: `bid_min`, `bid_mean` and `bid_max`. */
const siblings = (fewest: number): Company => ({
  group({ words, object }) {
    const family = words.replace(oneOfSeveral, '*');
    return family === words || family === '*' ? undefined : `${placeOf(object)}, ${family}`;
  },
  fewest,
});
const oneOfSeveral =
  /\b(?:min|minimum|max|maximum|mean|avg|average|median|total|sum|low|lowest|high|highest|left|right|top|bottom|hour|day|week|month|quarter|year|daily|weekly|monthly|quarterly|yearly|annual|first|second|third|\d{1,2})\b/;
/** One object writes its percentages in one way, be it as texts. */
const sameWordOfObject = (says: NameKind, fewest: number): Company => ({
  group: (use) => (use.says === says ? `${placeOf(use.object)}, ${use.words.split(' ').at(-1)}` : undefined),
  fewest,
});
/** An object that is called after what is counted, such as "request_counts", has a number of each of several things. */
const ofCounts = (fewest: number): Company => ({
  group: ({ path, words, object }) =>
    nameOfCounts.test(wordsOf(path.at(-2) ?? '').at(-1) ?? '') && !aboutCounts.test(words)
      ? placeOf(object)
      : undefined,
  fewest,
});
const nameOfCounts = /^(?:counts?|counters|totals|quantit(?:y|ies))$/;
/** What they are counted in, or since when. */
const aboutCounts = /\b(?:unit|currency|type|period|date|time|at|name|label|id|key|url)$/;
/** What an API calls all of its ids is made in one way, as the "sid" of anything; "id" is whatever a thing has. */
const ofScheme = (fewest: number): Company => ({
  group({ words }) {
    const last = words.split(' ').at(-1) ?? '';
    return isIdWord(last) && last !== 'id' ? last : undefined;
  },
  fewest,
});
/** The parent of a thing has an id like its own. */
const ofItself: Company = {
  group: ({ words, object }) => (/^(?:parent )?id$/.test(words) ? placeOf(object) : undefined),
  fewest: 1,
};
const sameName = (fewest: number, says?: NameKind): Company => ({
  group: (use) => (says === undefined || use.says === says ? use.words : undefined),
  fewest,
});
/** "id" and "count" alone are another thing in each stream. */
const isLong = (company: Company): Company => ({
  ...company,
  group: (use) => (use.words.includes(' ') ? company.group(use) : undefined),
});

/** Of what begins with these words all is a question. */
const strictly = (company: Company): Company => ({
  ...company,
  group: (use) => (/^(?:is|has|can) /.test(use.words) ? company.group(use) : undefined),
});
const atTop = (company: Company): Company => ({
  ...company,
  group: (use) => (use.path.length === 1 ? company.group(use) : undefined),
});

/** One stream may have moments in seconds beside those that people read. */
const isWritten = (company: Company): Company => ({
  ...company,
  group: (use) => (use.words.endsWith('timestamp') ? undefined : company.group(use)),
});

/** The numbers are those with which no field of a hundred published manifests is odd that is right. */
const rules: readonly Rule[] = [
  {
    companies: [sameName(2)],
    usual: ['flag', 'number'],
    odd: ['flag', 'number'],
    what: 'of this name',
  },
  { companies: [sameName(3)], usual: ['text'], odd: ['flag'], what: 'of this name' },
  {
    companies: [sameName(10)],
    usual: ['number'],
    odd: ['text'],
    // One thing of an API has an id that is a text beside those of all others.
    named: /^(?!(?:.* )?id$)/,
    what: 'of this name',
  },
  // "active" alone may be how many are.
  ...[[strictly(all('question', 2))], [isLong(all('question', 4))], [all('question', 4), sameName(2)]].map(
    (companies): Rule => ({
      companies,
      usual: ['flag'],
      odd: ['text', 'number'],
      what: 'that say by their names whether something is so',
    }),
  ),
  ...[all('moment', 3), isWritten(ofStream('moment', 3))].map(
    (company): Rule => ({
      companies: [company],
      usual: ['text'],
      odd: ['number', 'flag'],
      what: 'that are moments by their names',
    }),
  ),
  {
    companies: [isWritten(ofStream('moment', 1)), sameName(1, 'moment')],
    usual: ['text', 'number'],
    odd: ['text', 'number', 'flag'],
    what: 'of this name, and the other moments of the stream,',
  },
  {
    companies: [atTop(sameName(8, 'id')), ofStream('id', 1)],
    usual: ['text'],
    odd: ['number'],
    what: 'of this name, and the other ids of the stream,',
  },
  {
    companies: [sameName(3, 'id'), ofStream('id', 1)],
    usual: ['number'],
    odd: ['text', 'flag'],
    what: 'of this name, and the other ids of the stream,',
  },
  {
    companies: [isLong(sameName(3, 'id')), ofStream('id', 1)],
    usual: ['text'],
    odd: ['number'],
    what: 'of this name, and the other ids of the stream,',
  },
  {
    companies: [isLong(sameWord('amount', 3)), ofStream('amount', 2)],
    usual: ['number'],
    odd: ['text'],
    what: 'with such a name, and the other amounts of the stream,',
  },
  {
    companies: [ofObject('amount', 2)],
    usual: ['number'],
    odd: ['text'],
    // A price or a rate may be a text where all else is a number, and what is counted seldom is.
    named: / (?:count|score|clicks|views|opens)$/,
    what: 'of its object that are amounts by their names',
  },
  {
    companies: [sameWordOfObject('amount', 3)],
    usual: ['text'],
    odd: ['number'],
    what: 'of its object with such a name',
  },
  {
    companies: [ofScheme(3)],
    usual: ['text', 'number'],
    odd: ['text', 'number'],
    what: 'that are called such an id',
  },
  {
    companies: [ofItself],
    usual: ['number', 'text'],
    odd: ['number', 'text', 'flag'],
    named: /^parent id$/,
    what: 'of its object that says which it is',
  },
  {
    companies: [ofCounts(2)],
    usual: ['number'],
    odd: ['text', 'flag'],
    what: 'of its object, which is called after what is counted,',
  },
  {
    companies: [siblings(2)],
    usual: ['number', 'text', 'flag'],
    odd: ['number', 'text', 'flag'],
    what: 'of its object that are called alike but for one word',
  },
  {
    companies: [all('amount', 3)],
    usual: ['number'],
    odd: ['flag'],
    what: 'that are amounts by their names',
  },
  {
    companies: [sameWord('text', 4), sameName(1)],
    usual: ['text'],
    odd: ['number', 'flag'],
    what: 'with such a name',
  },
];

/** Fields of another kind than all others of the manifest that are called alike. */
export function* oddAmongAlike(
  fields: readonly SchemaField[],
  told: Set<ManifestNode>,
): Generator<CheckEvent> {
  // What has parts of its own is an object or a list whatever it is called.
  const uses = fields.flatMap((use): readonly Named[] =>
    hasParts(use.node) ? [] : [{ ...use, says: nameKind(use.words) }],
  );
  for (const { companies, usual, odd, named, what } of rules) {
    const counts = companies.map((company) => ({ company, groups: grouping(uses, company) }));
    for (const use of uses) {
      if (!odd.includes(use.kind) || told.has(use.node) || named?.test(use.words) === false) continue;
      const others = counts.map(({ company, groups }) => usualIn(use, company, groups));
      const [first] = others;
      if (first === undefined || first.kind === use.kind || !usual.includes(first.kind)) continue;
      if (others.some((other) => other?.kind !== first.kind) || isElsewise(use, uses)) continue;
      told.add(use.node);
      yield violation(
        typeNode(use.node),
        `"${use.path.join('.')}" of stream "${use.stream}" is ${called[use.kind]}, and ${first.count === 1 ? `the one other field ${what} is` : `all ${first.count} other fields ${what} are`} ${called[first.kind]}.`,
        { stream: use.stream, also: [typeNode(first.example).place] },
      );
    }
  }
}

/**
 * Whether its object tells what a field is: all else in it is of its kind, as "default" of { create, edit, view }, or
 * another field says so, as "DueDateType" of a "DueDate" that is a day of the month.
 */
function isElsewise(use: Named, uses: readonly Named[]): boolean {
  const beside = uses.filter(
    ({ object, node }) => object !== undefined && object === use.object && node !== use.node,
  );
  if (beside.some(({ words }) => words === `${use.words} type`)) return true;
  // Another moment of the object, by its description, is written so, too.
  if (use.says === 'moment' && use.kind === 'number' && beside.some(isCountOfTime)) return true;
  return beside.length > 1 && beside.every(({ kind }) => kind === use.kind);
}

function isCountOfTime({ kind, node }: SchemaField): boolean {
  const description = fieldOf(node, 'description');
  return (
    kind === 'number' &&
    description?.kind === 'scalar' &&
    /^(?:the )?(?:unix )?(?:timestamp|date|time) (?:of|when|at|for)\b/i.test(String(description.value))
  );
}

type Groups = ReadonlyMap<string, ReadonlyMap<Kind, readonly Named[]>>;

function grouping(uses: readonly Named[], { group }: Company): Groups {
  const groups = new Map<string, Map<Kind, Named[]>>();
  for (const use of uses) {
    const key = group(use);
    if (key !== undefined)
      remembered(
        remembered(groups, key, () => new Map<Kind, Named[]>()),
        use.kind,
        (): Named[] => [],
      ).push(use);
  }
  return groups;
}

/** The one kind of all others in a company; undefined when they are too few, or of several. */
function usualIn(use: Named, { group, fewest }: Company, groups: Groups) {
  const byKind = groups.get(group(use) ?? '');
  if (byKind === undefined) return undefined;
  const [kind, ...more] = [...byKind.keys()].filter(
    (each) => each !== use.kind || (byKind.get(each)?.length ?? 0) > 1,
  );
  if (kind === undefined || more.length > 0) return undefined;
  const uses = byKind.get(kind) ?? [];
  const count = uses.length - (kind === use.kind ? 1 : 0);
  const [example] = uses;
  return count < fewest || example === undefined ? undefined : { kind, count, example: example.node };
}
