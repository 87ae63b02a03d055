import { type ComponentAt, childIn, textIn, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { streamsIn } from '../streams-in.ts';

export const partitionProducts = defineCheck({
  id: 'partition-products',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'of routers whose partitions are multiplied none has a parent that is itself read for each record of the parent of another one: most of the pairs would be of things that do not belong together',
  *run({ source }) {
    const isNew = once();
    for (const stream of streamsIn(source)) {
      const retriever = childIn(stream, 'retriever');
      const parents = routersOf(retriever).map(parentsOf);
      if (retriever === undefined || parents.length < 2 || !isNew(retriever.node)) continue;
      const name = textIn(stream, 'name');
      yield looked(name);
      for (const [index, own] of parents.entries()) {
        const others = parents.toSpliced(index, 1).flat();
        const dependent = own.find((parent) => ancestorAmong(parent, others) !== undefined);
        const above = dependent && ancestorAmong(dependent, others);
        if (dependent === undefined || above === undefined) continue;
        const [inner, outer] = [dependent, above].map((parent) => textIn(parent, 'name'));
        yield violation(
          { place: dependent.node.place.via ?? dependent.node.place },
          `Stream "${name}" is asked for with each record of "${outer}" and each of "${inner}", which is itself read for each of "${outer}": most pairs are of a record of one and a record below another. Leave "${inner}" as the only parent, and take what the request needs of "${outer}" from "parent_slice".`,
          {
            stream: name,
            also: [written(retriever, 'partition_router')?.place].filter((at) => at !== undefined),
          },
        );
        break;
      }
    }
  },
});

/** Those of a list are multiplied. */
function routersOf(retriever: ComponentAt | undefined): readonly ComponentAt[] {
  return (retriever?.children ?? []).filter(({ field }) => field === 'partition_router');
}

/** The streams whose records are partitions of a router. */
function parentsOf(router: ComponentAt): readonly ComponentAt[] {
  return router.children.flatMap((config) =>
    config.family === 'ParentStreamConfig' ? (childIn(config, 'stream') ?? []) : [],
  );
}

/** The one of these streams, by its name, for each of whose records another stream is read, be it through further ones. */
function ancestorAmong(stream: ComponentAt, others: readonly ComponentAt[]): ComponentAt | undefined {
  for (const parent of routersOf(childIn(stream, 'retriever')).flatMap(parentsOf)) {
    const name = textIn(parent, 'name');
    const found = others.find((other) => textIn(other, 'name') === name) ?? ancestorAmong(parent, others);
    if (found !== undefined) return found;
  }
  return undefined;
}
