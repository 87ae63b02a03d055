import type { RequestContext } from '../../contract/families.ts';
import type { Slice } from '../../contract/slice.ts';
import { toTemplateSlice } from '../../language/template-values.ts';
import type { TemplateContext } from '../../template/template.ts';

/** What the templates of a request see: the slice, the token, and every extra field of the slice under its own name. */
export function requestTemplateContext({ slice, token }: RequestContext): TemplateContext {
  const context: TemplateContext = { stream_slice: toTemplateSlice(slice), next_page_token: token ?? null };
  for (const name in slice?.extraFields) if (!(name in context)) context[name] = slice.extraFields[name];
  return context;
}

/** The slice with the properties of this request, as `stream_partition.extra_fields['query_properties']`. */
export function withProperties(
  slice: Slice | undefined,
  properties: readonly string[] | undefined,
): Slice | undefined {
  if (properties === undefined) return slice;
  return {
    partition: slice?.partition ?? {},
    cursor: slice?.cursor ?? {},
    extraFields: { ...slice?.extraFields, query_properties: properties },
  };
}
