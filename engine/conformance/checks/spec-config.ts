import { withoutPlatformFields } from '../../protocol/platform-fields.ts';
import { validateAgainstSchema } from '../../util/schema/validate-against-schema.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';

export const specConfig = defineCheck({
  id: 'spec-config',
  group: 'spec',
  level: 'static',
  severity: 'error',
  doc: 'every config of the tests fits the spec, without the fields that platforms add (`_…`)',
  *run({ spec, configs }) {
    if (spec === undefined) return;
    for (const { name, value, isValid } of configs) {
      if (!isValid) continue;
      yield looked();
      for (const { path, message } of validateAgainstSchema(withoutPlatformFields(value), spec.schema)) {
        const subject = path.length === 0 ? '' : ` "${path.join('.')}"`;
        yield violation(spec.node, `The config of ${name} does not fit the spec:${subject} ${message}.`);
      }
    }
  },
});
