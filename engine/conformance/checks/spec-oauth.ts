import { fieldOf, toValue } from '../../manifest/node.ts';
import { walk } from '../../manifest/walk.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { propertyAt } from '../spec-paths.ts';

export const specOauth = defineCheck({
  id: 'spec-oauth',
  group: 'spec',
  level: 'static',
  severity: 'error',
  doc: 'the paths that `advanced_auth` names lead to properties of the spec',
  *run({ spec }) {
    if (spec === undefined) return;
    const advanced = fieldOf(spec.whole, 'advanced_auth');
    if (advanced === undefined) return;
    yield looked();
    const predicate = fieldOf(advanced, 'predicate_key');
    const results = [...walk(advanced)].filter(({ name }) => name === 'path_in_connector_config');
    const paths = [...results.map(({ node }) => node), ...(predicate === undefined ? [] : [predicate])];
    for (const node of paths) {
      const path = toValue(node);
      if (!Array.isArray(path) || propertyAt(spec.node, path.map(String)) !== undefined) continue;
      yield violation(
        node,
        `The spec has no "${path.join('.')}", where the login of the platform would put or find a value.`,
      );
    }
  },
});
