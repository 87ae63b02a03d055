import type { Expression } from '../template/syntax/ast.ts';
import { constantText } from '../template/syntax/constant-text.ts';
import { eachNode } from '../template/syntax/each-node.ts';
import { memberOf } from '../template/syntax/member-of.ts';
import { templateBody } from '../template/syntax/template-body.ts';
import type { ComponentAt } from '../validate/visit.ts';
import type { CheckEvent } from './check.ts';
import { eachTemplate } from './each-template.ts';
import { looked, violation } from './events.ts';
import { plainName, wordsOf } from './words.ts';

/** `{'post_id': record['post_id'], 'comment_id': record['post_id']}`: one of two ids has the value of the other. */
export function* takenTwice(source: ComponentAt): Generator<CheckEvent> {
  for (const { node, text, stream } of eachTemplate(source, /\{\{[^}]*\{|\bdict\(/)) {
    const found: CheckEvent[] = [];
    eachNode(templateBody(text), (expression) => {
      if (expression.type !== 'dict') return undefined;
      found.push(looked(stream));
      const ids = expression.items.flatMap(([key, value]) => {
        const [name, read] = [constantText(key), readOf(value)];
        return name !== undefined && isId(name) && read !== undefined ? [{ name, ...read }] : [];
      });
      for (const { name, member, from, offset } of ids) {
        if (plainName(name) === plainName(member) || !isId(member)) continue;
        const owner = ids.find((other) => plainName(other.name) === plainName(member));
        if (owner === undefined || owner.member !== member || owner.from !== from) continue;
        found.push(
          violation(
            node,
            `"${name}" is given "${member}", which is what "${owner.name}" beside it is given, too.`,
            {
              offset,
              stream,
            },
          ),
        );
      }
      return undefined;
    });
    yield* found;
  }
}

/** Names of ids of something: the `id` of a record is whatever the record is. */
function isId(name: string): boolean {
  const words = wordsOf(name);
  return words.length > 1 && /^(?:id|uuid|guid|key)$/.test(words.at(-1) ?? '');
}

/** What is read of a name, as it is: `record['post_id']`, `record.post_id`, `record.get('post_id')`. */
function readOf(
  node: Expression,
): { readonly member: string; readonly from: string; readonly offset: number } | undefined {
  const { target, member } = memberOf(node) ?? {};
  return target?.type === 'name' && typeof member === 'string'
    ? { member, from: target.name, offset: target.offset }
    : undefined;
}
