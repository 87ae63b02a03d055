import { grouped } from '../../util/flow/grouped.ts';
import { type ComponentAt, childIn, textIn, visit, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { textsOf } from '../schema-walk.ts';
import { streamsIn } from '../streams-in.ts';

export const pkParents = defineCheck({
  id: 'pk-parents',
  group: 'catalog',
  level: 'static',
  severity: 'warning',
  doc: 'where the other streams that are read for each record of a parent have that parent in their primary key, no single one leaves it out',
  *run({ source }) {
    const children = [...streamsIn(source)].flatMap((at) => childrenOf(at));
    for (const siblings of grouped(children, ({ parent }) => parent).values()) {
      yield looked();
      const [odd, ...more] = siblings.filter(({ key, field }) => !key.includes(field));
      const others = siblings.filter(({ key, field }) => key.includes(field) && key.length > 1);
      if (odd === undefined || more.length > 0 || others.length < fewestOthers) continue;
      const name = textIn(odd.at, 'name') ?? '';
      yield violation(
        written(odd.at, 'primary_key'),
        `The primary key of stream "${name}" has no "${odd.field}", and those of all ${others.length} other streams that are read for each of "${odd.parent}" have theirs: of records that two parents share, a destination keeps one.`,
        {
          stream: name,
          also: others.flatMap(({ at }) => written(at, 'primary_key')?.place ?? []).slice(0, 1),
        },
      );
    }
  },
});

const fewestOthers = 2;

interface Child {
  readonly at: ComponentAt;
  /** The name of the parent stream. */
  readonly parent: string;
  /** How records say which parent they are of. */
  readonly field: string;
  readonly key: readonly string[];
}

/** A stream with a primary key that is read for each record of one parent, of which its records tell. */
function childrenOf(at: ComponentAt): readonly Child[] {
  const router = childIn(childIn(at, 'retriever'), 'partition_router');
  const configs = router?.children.filter(({ family }) => family === 'ParentStreamConfig') ?? [];
  const [config, ...more] = configs;
  const key = namesIn(at);
  const field = textIn(config, 'partition_field');
  const parent = textIn(childIn(config, 'stream'), 'name');
  if (more.length > 0 || field === undefined || parent === undefined || key.length === 0) return [];
  return tells(at, field) ? [{ at, parent, field, key }] : [];
}

/** The field is added to records, or is one of those that the key of this stream has anyway. */
function tells(at: ComponentAt, field: string): boolean {
  const isAdded = visit(at).some(
    (each) =>
      each.parent === at &&
      each.field === 'transformations' &&
      JSON.stringify(each.fields['fields'] ?? '').includes(field),
  );
  return isAdded || namesIn(at).includes(field);
}

function namesIn(at: ComponentAt): readonly string[] {
  return textsOf(written(at, 'primary_key'));
}
