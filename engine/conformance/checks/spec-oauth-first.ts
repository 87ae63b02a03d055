import { fieldOf, toValue } from '../../manifest/node.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { listOf } from '../schema-walk.ts';
import { propertiesAt, propertyAt } from '../spec-paths.ts';

export const specOauthFirst = defineCheck({
  id: 'spec-oauth-first',
  group: 'spec',
  level: 'static',
  severity: 'warning',
  doc: 'the variant that logs in by OAuth is the first one, which forms show first',
  *run({ spec }) {
    if (spec === undefined) return;
    const advanced = fieldOf(spec.whole, 'advanced_auth');
    const predicate = advanced && fieldOf(advanced, 'predicate_key');
    const wanted = advanced && fieldOf(advanced, 'predicate_value');
    const path = predicate && toValue(predicate);
    if (!Array.isArray(path) || wanted?.kind !== 'scalar' || path.length < 2) return;
    const parent = propertyAt(spec.node, path.slice(0, -1).map(String));
    const variants = listOf(parent && fieldOf(parent, 'oneOf'));
    if (variants.length < 2) return;
    yield looked();
    const index = variants.findIndex((variant) =>
      propertiesAt(variant, path.slice(-1).map(String)).some((property) => {
        const constant = fieldOf(property, 'const');
        return constant?.kind === 'scalar' && constant.value === wanted.value;
      }),
    );
    const variant = variants[index];
    if (index > 0 && variant !== undefined)
      yield violation(variant, 'The login by OAuth is the easiest for users: put its variant first.');
  },
});
