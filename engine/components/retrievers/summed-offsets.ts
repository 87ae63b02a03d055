import { ConnectorError } from '../../error/connector-error.ts';
import { fieldOf, type ManifestNode, typeOf } from '../../manifest/node.ts';

/** An offset counts the records of a page, and a union may find more of them than the page is long. */
export function refuseSummedOffsets(
  paginator: ManifestNode | undefined,
  extractor: ManifestNode | undefined,
): void {
  const strategy = paginator && fieldOf(paginator, 'pagination_strategy');
  if (strategy === undefined || extractor === undefined || typeOf(strategy) !== 'OffsetIncrement') return;
  const union = unionIn(extractor);
  if (union === undefined) return;
  throw new ConnectorError(
    'An OffsetIncrement counts records, so it cannot be combined with a CombinedExtractor of mode "union", which adds up what several extractors find. Use "first_match", CursorPagination or PageIncrement.',
    { kind: 'config_error', nodes: [union.place, strategy.place] },
  );
}

function unionIn(extractor: ManifestNode): ManifestNode | undefined {
  if (typeOf(extractor) !== 'CombinedExtractor') return undefined;
  const mode = fieldOf(extractor, 'mode');
  if (mode?.kind !== 'scalar' || mode.value === 'union') return extractor;
  const parts = fieldOf(extractor, 'extractors');
  if (parts?.kind !== 'sequence') return undefined;
  return parts.items.map(unionIn).find((union) => union !== undefined);
}
