import { ConnectorError } from '../../error/connector-error.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { memoize } from '../../util/flow/memoize.ts';
import { isPlainObject, type JsonSchema } from '../../util/json/json.ts';
import { parseJson } from '../../util/json/parse-json.ts';
import { schemaPaths } from '../../util/path/schema-paths.ts';
import { resolveReferences } from './inline-schema-references.ts';

/** Code of the error that says so, for tools that can make the file. */
export const noSchemaFile = 'NO_SCHEMA_FILE';

/**
 * Reads the schema of a stream from a file beside the manifest, by default `schemas/<name>.json`, and inserts what it
 * refers to (also in files of `schemas/shared`).
 */
export const JsonFileSchemaLoader = component({
  family: 'SchemaLoader',
  type: 'JsonFileSchemaLoader',
  doc: 'Reads the JSON schema of a stream from a file.',
  fields: () => ({
    file_path: template()
      .optional()
      .describe("Path of the file; by default the stream's name in the folder schemas."),
  }),
  traits: ({ file_path }) => ({ schemaFile: { path: file_path?.text } }),
  make({ file_path }, scope) {
    const path = file_path?.(scope);

    async function read(): Promise<JsonSchema> {
      const given = String(path?.() ?? '');
      const name = String(scope.parameters.name ?? scope.stream?.name ?? '');
      const candidates = schemaPaths(given, name);
      for (const candidate of candidates) {
        const text = await scope.sync.readFile(candidate);
        if (text !== undefined) return resolveReferences(parsed(text, candidate), readShared);
      }
      throw new ConnectorError(`There is no schema file "${candidates[0]}".`, {
        kind: 'config_error',
        code: noSchemaFile,
        nodes: [scope.place],
      });
    }

    async function readShared(file: string): Promise<JsonSchema> {
      for (const candidate of [`schemas/shared/${file}`, `schemas/${file}`]) {
        const text = await scope.sync.readFile(candidate);
        if (text !== undefined) return parsed(text, candidate);
      }
      throw new ConnectorError(`There is no shared schema file "${file}".`, {
        kind: 'config_error',
        nodes: [scope.place],
      });
    }

    function parsed(text: string, file: string): JsonSchema {
      let schema: unknown;
      try {
        schema = parseJson(text);
      } catch (error) {
        throw invalid(file, error);
      }
      if (!isPlainObject(schema)) throw invalid(file);
      return schema;
    }

    function invalid(file: string, cause?: unknown): ConnectorError {
      return new ConnectorError(`The schema file "${file}" is not a JSON object.`, {
        kind: 'config_error',
        nodes: [scope.place],
        cause,
      });
    }

    return Object.freeze({ load: memoize(read) });
  },
});
