import * as z from 'zod';
import type { Slot } from '../../language/fields.ts';
import { slot, templateMapping } from '../../language/fields.ts';
import { isObject } from '../../util/json.ts';

/** A mapping of query parameters in which one may be a QueryProperties component instead of a text. */
export function queryParameters() {
  const component = slot('QueryProperties', 'QueryProperties');
  const text = z
    .record(z.string(), z.string())
    .transform((texts): Record<string, unknown> => texts)
    .pipe(templateMapping({ valueType: 'request_params' }));
  return z.record(z.string(), z.unknown()).transform((object, context) => {
    const entries = Object.entries(object);
    const components = entries.filter(([, value]) => isObject(value));
    const texts = text.safeParse(Object.fromEntries(entries.filter(([, value]) => !isObject(value))));
    for (const issue of texts.error?.issues ?? []) context.addIssue({ ...issue, input: object } as never);
    if (components.length > 1) {
      context.addIssue({ code: 'custom', message: 'only one query parameter may be QueryProperties' });
    }
    const slots = components.map(([name, value]) => ({ name, slot: component.safeParse(value) }));
    for (const { name, slot: parsed } of slots) {
      for (const issue of parsed.error?.issues ?? []) {
        context.addIssue({ ...issue, path: [name, ...issue.path], input: object } as never);
      }
    }
    const [first] = slots;
    if (texts.data === undefined || (first !== undefined && first.slot.data === undefined)) return z.NEVER;
    const properties: { readonly name: string; readonly slot: Slot<'QueryProperties'> } | undefined =
      first?.slot.data === undefined ? undefined : { name: first.name, slot: first.slot.data };
    return { texts: texts.data, properties };
  });
}
