import type { RecordContext } from '../../contract/families.ts';
import { toTemplateSlice } from '../../language/template-values.ts';
import type { TemplateContext } from '../../template/template.ts';
import type { JsonObject } from '../../util/json/json.ts';

/** What the templates of a transformation see besides config and parameters. */
export function transformContext(record: JsonObject, { slice }: RecordContext): TemplateContext {
  return { record, stream_slice: toTemplateSlice(slice) };
}
