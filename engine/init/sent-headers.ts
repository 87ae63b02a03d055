/** What browsers, curl and HTTP itself send with every request, and what the engine writes by itself. */
const customary =
  /^(?::.*|host|connection|content-length|user-agent|referer|origin|accept-encoding|pragma|cache-control|dnt|priority|te|keep-alive|transfer-encoding|upgrade(?:-insecure-requests)?|if-(?:none-match|modified-since)|sec-.*|traceparent|tracestate|x-request-id|expect|range|proxy-.*)$/i;

/** Content types that the kind of a body says by itself. */
const plainContent = /^(?:application\/(?:json|x-www-form-urlencoded)|multipart\/form-data)\b/i;

/** The headers that this API is sent for a reason: versions, formats, cookies, further keys; without the one that logs in. */
export function sentHeaders(
  headers: ReadonlyMap<string, string>,
  login: string | undefined,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...headers].filter(([name, value]) => {
      if (customary.test(name) || name.toLowerCase() === login?.toLowerCase()) return false;
      if (/^accept$/i.test(name)) return !value.includes('*/*');
      return !(/^content-type$/i.test(name) && plainContent.test(value));
    }),
  );
}
