import * as z from 'zod';
import { emptySlice } from '../../contract/slice.ts';
import { pythonText } from '../../http/request/request-text.ts';
import { bareStreamScope } from '../../language/bare-stream-scope.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { pathSegment } from '../../language/path-segment.ts';
import { slot } from '../../language/slots.ts';
import { memoize } from '../../util/flow/memoize.ts';
import { compileGet } from '../../util/path/dpath.ts';

/** Properties that an endpoint of the API lists. They are fetched once per sync. */
export const PropertiesFromEndpoint = component({
  family: 'PropertiesFromEndpoint',
  type: 'PropertiesFromEndpoint',
  doc: 'Fetches the list of properties to ask for.',
  fields: () => ({
    property_field_path: z.array(template()).describe('Path to the name of a property in each record.'),
    retriever: slot('Retriever', 'SimpleRetriever').describe(
      'Reads the records that describe the properties.',
    ),
  }),
  make({ property_field_path, retriever }, scope) {
    // Several streams of a connector often use the same endpoint.
    const stream = bareStreamScope('dynamic_properties', {
      isParent: true,
      ...(scope.stream?.purpose && { purpose: scope.stream.purpose }),
    });
    const source = retriever({ ...scope, stream });
    const path = property_field_path.map((segment) => pathSegment(segment(scope)()));
    const nameOf = compileGet(path, []);
    const fetched = memoize(async () => {
      const properties: string[] = [];
      for await (const { records } of source.read(emptySlice, { cursor: undefined, isDataFeed: false })) {
        for (const record of records) properties.push(pythonText(nameOf(record)));
      }
      return properties;
    });
    return {
      async *properties() {
        yield* await fetched();
      },
    };
  },
});
