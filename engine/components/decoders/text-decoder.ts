import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { type ChunkDecoder, createPythonTextDecoder } from '../../util/python/python-text-decoder.ts';

/**
 * A decoder for an encoding, which manifests name as Python does. Throws ConnectorError (config_error) for unknown
 * names.
 */
export function createTextDecoder(encoding: string, { place }: Scope): ChunkDecoder {
  try {
    return createPythonTextDecoder(encoding);
  } catch (cause) {
    throw new ConnectorError(`The encoding "${encoding}" is not known.`, {
      kind: 'config_error',
      nodes: [place],
      cause,
    });
  }
}
