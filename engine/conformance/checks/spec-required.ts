import { isConnectorError } from '../../error/connector-error.ts';
import { fieldOf } from '../../manifest/node.ts';
import { isObject } from '../../util/json/json.ts';
import { exampleValue } from '../../util/schema/example-value.ts';
import { messageOf } from '../../util/text/message-of.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { listOf } from '../schema-walk.ts';

export const specRequired = defineCheck({
  id: 'spec-required',
  group: 'spec',
  level: 'static',
  severity: 'warning',
  doc: 'a config without one of the required fields is refused before anything is asked, with a message that names the field',
  *run(subject) {
    const { spec, now } = subject;
    // What a file of its own asks for, who starts the connector looks after.
    if (spec === undefined || spec.isBeside) return;
    const whole = exampleValue(spec.schema, { now });
    if (!isObject(whole)) return;
    for (const node of listOf(fieldOf(spec.node, 'required'))) {
      const name = node.kind === 'scalar' ? String(node.value) : '';
      const { [name]: _, ...without } = whole;
      yield looked();
      try {
        subject.configure(without);
        yield violation(
          node,
          `"${name}" is required, and a config without it is taken: something in the manifest supplies it. Then it is optional.`,
        );
      } catch (error) {
        if (isConnectorError(error) && error.kind === 'config_error' && error.message.includes(name))
          continue;
        yield violation(
          node,
          `A config without "${name}" is refused without naming it: ${messageOf(error)}`,
          {
            severity: 'error',
          },
        );
      }
    }
  },
});
