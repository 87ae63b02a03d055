import type { StreamDefinition } from '../contract/families.ts';
import type { CatalogStream } from './messages.ts';

/** How `discover` describes a stream. */
export async function toCatalogStream(stream: StreamDefinition): Promise<CatalogStream> {
  const { cursorField } = stream;
  return {
    name: stream.name,
    json_schema: await stream.schema(),
    supported_sync_modes: cursorField === undefined ? ['full_refresh'] : ['full_refresh', 'incremental'],
    ...(cursorField !== undefined && {
      source_defined_cursor: !stream.allowsCatalogCursorField,
      default_cursor_field: [cursorField],
    }),
    ...(stream.primaryKey !== undefined && { source_defined_primary_key: stream.primaryKey }),
    is_resumable: cursorField !== undefined,
    is_file_based: stream.isFileBased,
  };
}
