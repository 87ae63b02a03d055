import { fieldOf } from '../../manifest/node.ts';
import { childIn, textIn, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { streamsIn } from '../streams-in.ts';
import { plainName } from '../words.ts';

export const ownSchemas = defineCheck({
  id: 'own-schemas',
  group: 'catalog',
  level: 'static',
  severity: 'warning',
  doc: 'a stream for which `schemas` has one of its name does not refer to that of another stream',
  *run({ source, manifest }) {
    const schemas = fieldOf(manifest.root, 'schemas');
    if (schemas?.kind !== 'mapping') return;
    const named = [...schemas.entries];
    const names = new Set([...streamsIn(source)].map((at) => textIn(at, 'name')));
    for (const at of streamsIn(source)) {
      const name = textIn(at, 'name');
      const loader = childIn(at, 'schema_loader');
      const used = written(loader, 'schema');
      const entry = named.find(([, { value }]) => value === used || value.place.start === used?.place.start);
      const own =
        name === undefined ? undefined : named.find(([each]) => plainName(each) === plainName(name));
      if (name === undefined || loader === undefined || entry === undefined || own === undefined) continue;
      yield looked(name);
      const [other] = entry;
      if (other === own[0] || !names.has(other)) continue;
      yield violation(
        loader.node.entries.get('schema')?.key ?? loader.node,
        `Stream "${name}" has the schema of stream "${other}", and there is one of its own name: was "#/schemas/${own[0]}" meant?`,
        { stream: name, also: [own[1].key.place] },
      );
    }
  },
});
