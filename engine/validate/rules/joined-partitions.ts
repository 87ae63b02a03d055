import type { Diagnostic } from '../../error/diagnostic.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { inspectTemplate } from '../../template/template.ts';
import { type ComponentAt, childIn, isFilledIn, written } from '../visit.ts';

/** Partitions that become others have one name, and are put into requests by nobody but whom they become. */
export function* joinedPartitions(router: ComponentAt): Iterable<Diagnostic> {
  const joins = router.traits.joinsPartitions;
  if (joins === undefined || isFilledIn(router)) return;
  const type = router.component?.type ?? router.family;
  for (const inner of router.children.filter(({ family }) => family === 'PartitionRouter')) {
    for (const giver of [inner, ...inner.children]) {
      const option = childIn(giver, 'request_option');
      if (option !== undefined)
        yield errorAt(
          option.node,
          `A ${type} makes other partitions of these, so a "request_option" of theirs cannot be sent. Let a template of the requester read "stream_partition" instead.`,
        );
      const { namesValue } = giver.traits;
      if (namesValue === undefined || joins.name === undefined || namesValue.text === joins.name) continue;
      if (![namesValue.text, joins.name].every((text) => inspectTemplate(text).isPlain)) continue;
      yield errorAt(
        written(giver, namesValue.field) ?? giver.node,
        `The routers of a ${type} must all give "${joins.name}", but one gives "${namesValue.text}".`,
      );
    }
  }
}
