import type { Diagnostic } from '../../error/diagnostic.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { inspectTemplate } from '../../template/template.ts';
import { type ComponentAt, childIn, textIn, written } from '../visit.ts';

/** Where requests have names, for messages; a JSON body may get the same value twice. */
const places: Readonly<Record<string, string>> = {
  request_parameter: 'request parameter',
  header: 'header',
  body_data: 'form field',
};

/** Every name in a request comes from one place: the requester, the paginator, the cursor, or a partition router. */
export function* distinctOptions(retriever: ComponentAt): Iterable<Diagnostic> {
  if (retriever.traits.readsPages !== true) return;
  const known = new Map<string, ManifestNode>();
  for (const { place, name, node } of [...ownNames(retriever), ...optionNames(retriever)]) {
    const key = `${place} ${name}`;
    const before = known.get(key);
    known.set(key, before ?? node);
    if (before === undefined) continue;
    const message = `The ${places[place]} "${name}" is set twice. Every name must come from one place only.`;
    yield { ...errorAt(node, message), places: [node.place, before.place] };
  }
}

interface Named {
  readonly place: string;
  readonly name: string;
  readonly node: ManifestNode;
}

function* ownNames(retriever: ComponentAt): Iterable<Named> {
  const requester = childIn(retriever, 'requester');
  for (const [field, place] of [
    ['request_parameters', 'request_parameter'],
    ['request_headers', 'header'],
    ['request_body_data', 'body_data'],
  ] as const) {
    const node = written(requester, field);
    if (node?.kind !== 'mapping') continue;
    for (const [name, { key, value }] of node.entries) {
      const isNull = value.kind === 'scalar' && (value.value === null || value.value === '');
      if (!isNull && inspectTemplate(name).isPlain && name !== '$parameters')
        yield { place, name, node: key };
    }
  }
}

function* optionNames(retriever: ComponentAt): Iterable<Named> {
  const paginator = childIn(retriever, 'paginator');
  const stream = retriever.parent?.family === 'Stream' ? retriever.parent : undefined;
  const routers = retriever.children.filter(({ family }) => family === 'PartitionRouter');
  const options = [
    childIn(paginator, 'page_size_option'),
    childIn(paginator, 'page_token_option'),
    childIn(childIn(stream, 'incremental_sync'), 'start_time_option'),
    childIn(childIn(stream, 'incremental_sync'), 'end_time_option'),
    ...routers.flatMap((router) => routerOptions(router)),
  ];
  for (const option of options) {
    const place = textIn(option, 'inject_into');
    const name = textIn(option, 'field_name');
    const node = written(option, 'field_name');
    if (place === undefined || name === undefined || node === undefined || !(place in places)) continue;
    if (inspectTemplate(name).isPlain) yield { place, name, node };
  }
}

/** Those of one parent only: several parents are read one after the other. */
function routerOptions(router: ComponentAt): readonly ComponentAt[] {
  const own = childIn(router, 'request_option');
  if (own !== undefined) return [own];
  const options = router.children.flatMap((parent) => childIn(parent, 'request_option') ?? []);
  const names = new Set(options.map((option) => textIn(option, 'field_name')));
  return names.size === 1 ? options.slice(0, 1) : [];
}
