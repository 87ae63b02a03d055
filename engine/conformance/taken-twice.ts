import type { Expression } from '../template/syntax/ast.ts';
import { constantText } from '../template/syntax/constant-text.ts';
import { nodesIn } from '../template/syntax/each-node.ts';
import { memberOf } from '../template/syntax/member-of.ts';
import { templateBody } from '../template/syntax/template-body.ts';
import { isKeyWord } from '../util/text/id-words.ts';
import type { ComponentAt } from '../validate/visit.ts';
import type { CheckEvent } from './check.ts';
import { eachTemplate } from './each-template.ts';
import { looked, violation } from './events.ts';
import { plainName, wordsOf } from './words.ts';

/** `{'post_id': record['post_id'], 'comment_id': record['post_id']}`: one of two ids has the value of the other. */
export function* takenTwice(source: ComponentAt): Generator<CheckEvent> {
  for (const { node, text, stream } of eachTemplate(source, mayHaveObject))
    for (const object of nodesIn(templateBody(text))) {
      if (object.type !== 'dict') continue;
      yield looked(stream);
      const ids = idsIn(object.items);
      for (const { name, member, from, offset } of ids) {
        if (plainName(name) === plainName(member) || !isId(member)) continue;
        const owner = ids.find((other) => plainName(other.name) === plainName(member));
        if (owner === undefined || owner.member !== member || owner.from !== from) continue;
        yield violation(
          node,
          `"${name}" is given "${member}", which is what "${owner.name}" beside it is given, too.`,
          { offset, stream },
        );
      }
    }
}

const mayHaveObject = /\{\{[^}]*\{|\bdict\(/;

interface IdRead extends Read {
  /** The name that it is given. */
  readonly name: string;
}

function idsIn(items: readonly (readonly [key: Expression, value: Expression])[]): readonly IdRead[] {
  return items.flatMap(([key, value]) => {
    const [name, read] = [constantText(key), readOf(value)];
    return name !== undefined && isId(name) && read !== undefined ? [{ name, ...read }] : [];
  });
}

/** Names of ids of something: the `id` of a record is whatever the record is. */
function isId(name: string): boolean {
  const words = wordsOf(name);
  return words.length > 1 && isKeyWord(words.at(-1) ?? '');
}

interface Read {
  readonly member: string;
  readonly from: string;
  readonly offset: number;
}

/** What is read of a name, as it is: `record['post_id']`, `record.post_id`, `record.get('post_id')`. */
function readOf(node: Expression): Read | undefined {
  const { target, member } = memberOf(node) ?? {};
  return target?.type === 'name' && typeof member === 'string'
    ? { member, from: target.name, offset: target.offset }
    : undefined;
}
