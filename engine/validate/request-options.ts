import type { ManifestNode } from '../manifest/node.ts';
import { inspectTemplate } from '../template/template.ts';
import { type ComponentAt, childIn, textIn, written } from './visit.ts';

/** The request options that put something into the requests of a retriever, of its parts and of its stream's. */
export function optionsOf(retriever: ComponentAt): readonly ComponentAt[] {
  const paginator = childIn(retriever, 'paginator');
  const stream = retriever.parent?.family === 'Stream' ? retriever.parent : undefined;
  const cursor = childIn(stream, 'incremental_sync');
  const routers = retriever.children.filter(({ family }) => family === 'PartitionRouter');
  return [
    childIn(paginator, 'page_size_option'),
    childIn(paginator, 'page_token_option'),
    childIn(cursor, 'start_time_option'),
    childIn(cursor, 'end_time_option'),
    ...routers.flatMap(routerOptions),
  ].filter((option) => option !== undefined);
}

/** Those of one parent only: several parents are read one after the other. */
function routerOptions(router: ComponentAt): readonly ComponentAt[] {
  const own = childIn(router, 'request_option');
  if (own !== undefined) return [own];
  const options = router.children.flatMap((parent) => childIn(parent, 'request_option') ?? []);
  const names = new Set(options.map((option) => textIn(option, 'field_name')));
  return names.size === 1 ? options.slice(0, 1) : [];
}

/** A place of a request, with the node that names it. */
export interface Named {
  /** As `inject_into` says it. */
  readonly place: string;
  /** One name, or several where the place is inside of a JSON body. */
  readonly path: readonly string[];
  readonly node: ManifestNode;
}

/** The place that an option names; undefined where only a config can tell, or where it is the path of the request. */
export function namedBy(option: ComponentAt | undefined): Named | undefined {
  const place = textIn(option, 'inject_into');
  const node = written(option, 'field_name') ?? written(option, 'field_path');
  if (place === undefined || node === undefined) return undefined;
  const path: string[] = [];
  for (const step of node.kind === 'sequence' ? node.items : [node]) {
    if (step.kind !== 'scalar' || typeof step.value !== 'string') return undefined;
    if (!inspectTemplate(step.value).isPlain) return undefined;
    path.push(step.value);
  }
  return { place, path, node };
}
