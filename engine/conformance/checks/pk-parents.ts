import { textsBelow } from '../../manifest/walk.ts';
import { grouped } from '../../util/flow/grouped.ts';
import { idPattern, isPlainId } from '../../util/text/id-words.ts';
import { singular } from '../../util/text/singular.ts';
import { childIn, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { type ChildStream, childStreamOf, keepsParent, parentIn } from '../children-of.ts';
import { looked, violation } from '../events.ts';
import { isIdentifying } from '../key-words.ts';
import { streamsIn } from '../streams-in.ts';
import { wordsOf } from '../words.ts';

export const pkParents = defineCheck({
  id: 'pk-parents',
  group: 'catalog',
  level: 'static',
  severity: 'warning',
  doc: 'where the other streams that are read for each record of a parent, or those that are like it, have their parent in their primary key, no single one leaves it out, and what is keyed by a person is keyed by what the person is a member of, too',
  *run({ source }) {
    // A stream that is written out again as a parent is one.
    const children = [
      ...new Map(
        [...streamsIn(source)].flatMap((at) => childStreamOf(at) ?? []).map((child) => [child.name, child]),
      ),
    ].map(([, child]) => child);
    for (const child of children) yield looked(child.name);
    const told = new Set<ChildStream>();
    for (const siblings of grouped(children, ({ parent }) => parent).values()) {
      const [odd, ...more] = siblings.filter(
        (each) => !keepsParent(each) && parentIn(each) !== undefined && !isAskedFor(each),
      );
      if (odd === undefined || more.length > 0) continue;
      const others = [...siblings, ...children.filter((each) => each.parent === odd.name)].filter(
        (each) => each !== odd && each.key.length > 1 && keepsOneOf(odd, each),
      );
      const [other, ...further] = others;
      if (other === undefined || others.length < (odd.key.some(isIdentifying) ? fewestOthers : 1)) continue;
      told.add(odd);
      yield* leftOut(
        odd,
        other,
        further.length === 0
          ? `that of "${other.name}" has its own`
          : `those of all ${others.length} other streams that are read for each of "${odd.parent}" have theirs`,
      );
    }
    for (const child of children) {
      if (told.has(child) || keepsParent(child) || parentIn(child) === undefined || isAskedFor(child))
        continue;
      const twin = children.find((each) => each.key.length > 1 && keepsParent(each) && isTwin(child, each));
      if (twin === undefined) continue;
      told.add(child);
      yield* leftOut(child, twin, `that of "${twin.name}", which is like it, has its own`);
    }
    for (const child of children) if (!told.has(child)) yield* ofPeople(child);
  },
});

const fewestOthers = 2;

function* leftOut(odd: ChildStream, other: ChildStream, why: string): Generator<CheckEvent> {
  const also = written(other.at, 'primary_key')?.place;
  yield violation(
    written(odd.at, 'primary_key'),
    `The primary key of stream "${odd.name}" has no "${parentIn(odd) ?? odd.field}", and ${why}: of records that two parents share, a destination keeps one.`,
    { stream: odd.name, also: also === undefined ? [] : [also] },
  );
}

/** Each row of a report by creative, which a parameter asks for, says which of the parents, the creatives, it is of. */
function isAskedFor({ at, parent }: ChildStream): boolean {
  const thing = singular(wordsOf(parent).at(-1) ?? '');
  const parameters = written(childIn(childIn(at, 'retriever'), 'requester'), 'request_parameters');
  return [...textsBelow(parameters)].some(({ value }) => {
    const text = String(value);
    return !text.includes('{{') && /^[\w():.-]+$/.test(text) && wordsOf(text.toLowerCase()).includes(thing);
  });
}

/** Its own parent, or, where it is read for each record of the odd one, what that one adds to its records. */
function keepsOneOf(odd: ChildStream, each: ChildStream): boolean {
  return each.parent === odd.name ? each.key.includes(parentIn(odd) ?? odd.field) : keepsParent(each);
}

/** The roles of groups and those of users, or what is told apart by the same fields, which are ids of nothing. */
function isTwin(a: ChildStream, b: ChildStream): boolean {
  const rest = b.key.filter((part) => !b.names.has(part));
  if (rest.length !== a.key.length || !rest.every((part) => a.key.includes(part))) return false;
  const isAskedAlike = a.asked === b.asked && /^[a-z]/i.test(a.asked) && a.parent !== b.parent;
  return isAskedAlike || (a.parent === b.parent && !a.key.some(isPlainId));
}

/** What the members of something are called, and how one of them is told from the others. */
const people = new Set([
  'member',
  'user',
  'participant',
  'follower',
  'collaborator',
  'person',
  'assignee',
  'watcher',
]);
const ofPerson = new RegExp(
  `^(?:(?:user|member|person|contact) (?:${idPattern}|name|email|key)|e ?mail(?: ?(?:id|address))?|uid|username|login)$`,
);

/** One person may be a member of several teams, and comes once for each. */
function* ofPeople(child: ChildStream): Generator<CheckEvent> {
  const [field, ...more] = child.key;
  if (field === undefined || more.length > 0 || keepsParent(child)) return;
  if (!people.has(singular(wordsOf(child.asked).join(' ')))) return;
  const words = wordsOf(field).join(' ');
  // "id" may be that of a membership, unless records have to be told what they are of.
  if (!ofPerson.test(words) && !(words === 'id' && parentIn(child) !== undefined)) return;
  yield violation(
    written(child.at, 'primary_key'),
    `The primary key of stream "${child.name}", "${field}", says who it is, and not of which of "${child.parent}", for each of which it is read: of what is in two of them a destination keeps one.`,
    { stream: child.name },
  );
}
