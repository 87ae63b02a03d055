import type { StreamDefinition } from '../../../engine/contract/families.ts';
import { toCatalogStream } from '../../../engine/protocol/to-catalog.ts';

const stream = (parts: Partial<StreamDefinition> = {}): StreamDefinition => ({
  name: 'users',
  primaryKey: undefined,
  cursorField: undefined,
  allowsCatalogCursorField: false,
  isFileBased: false,
  makeReadable() {},
  schema: async () => ({ type: 'object' }),
  open: () => {
    throw new Error('discover reads nothing');
  },
  ...parts,
});

describe('toCatalogStream', () => {
  it('describes a stream without key and cursor', async () => {
    expect(await toCatalogStream(stream())).toEqual({
      name: 'users',
      json_schema: { type: 'object' },
      supported_sync_modes: ['full_refresh'],
      is_resumable: false,
      is_file_based: false,
    });
  });

  it('describes a stream with both', async () => {
    const described = await toCatalogStream(stream({ primaryKey: [['id'], ['kind']], cursorField: 'at' }));
    expect(described).toMatchObject({
      supported_sync_modes: ['full_refresh', 'incremental'],
      source_defined_cursor: true,
      default_cursor_field: ['at'],
      source_defined_primary_key: [['id'], ['kind']],
      is_resumable: true,
    });
  });

  it('leaves the choice of the cursor to the user where the manifest does', async () => {
    const described = await toCatalogStream(stream({ cursorField: 'at', allowsCatalogCursorField: true }));
    expect(described.source_defined_cursor).toBe(false);
  });
});
